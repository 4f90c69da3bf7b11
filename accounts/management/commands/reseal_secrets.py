"""`manage.py reseal_secrets`: after a change of SECRET_KEY, before the old one is thrown away."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.security.secrets import UnreadableSecretError, reseal

SEALED = ("secret", "seed")  # in the data of an app, and of recovery codes


class Command(BaseCommand):
    help = "Seals the secrets of second factors with the SECRET_KEY of now."

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = 0, 0
        for pk in Authenticator.objects.values_list("pk", flat=True).order_by("pk"):
            try:
                done += _reseal(pk)
            except UnreadableSecretError:
                unreadable += 1
        self.stdout.write(f"Sealed anew: {done}.")
        if unreadable:
            raise CommandError(
                f"Cannot be read with any key there is: {unreadable}. "
                "Put the key they were sealed with into SECRET_KEY_FALLBACKS and run this again."
            )


@transaction.atomic
def _reseal(pk: int) -> bool:
    """Seal what one second factor holds; return whether it holds a secret at all."""
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None or not any(key in factor.data for key in SEALED):
        return False
    factor.data |= {key: reseal(factor.data[key]) for key in SEALED if key in factor.data}
    factor.save(update_fields=["data"])
    return True
