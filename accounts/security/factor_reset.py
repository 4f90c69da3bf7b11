"""A second factor that was lost with everything that stands in for it, taken off at the desk."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.security import sessions
from mailing import outbox


@transaction.atomic
def reset(user: User, *, by: User, reason: str) -> int:
    """Take every passkey, app and recovery code off an account; return how many there were.

    Every session of it ends, the log of the desk keeps who did it and why, and the person is told
    at each confirmed address: whoever asked for it may have been somebody else.
    """
    count, _ = Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    LogEntry.objects.log_actions(
        by.pk, [user], CHANGE, f"Second factor taken off. Reason: {reason}", single_object=True
    )
    now = timezone.now()
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    addresses = {user.email, *confirmed.values_list("email", flat=True)}
    for number, address in enumerate(sorted(addresses)):
        outbox.queue(
            to=address,
            template="accounts/mail/second_factor_reset.txt",
            context={
                "at": now,
                "reason": reason,
                "security_url": settings.SITE_URL + reverse("accounts:security"),
                "reset_url": settings.SITE_URL + reverse("account_reset_password"),
            },
            key=f"second-factor-reset:{user.pk}:{now.timestamp()}:{number}",
        )
    return count
