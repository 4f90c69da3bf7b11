"""`manage.py make_editor EMAIL`: the first person of the desk, or one more."""

import getpass
import secrets
import sys
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from accounts.roles import EDITOR


class Command(BaseCommand):
    help = "Makes a person an editor who may open the desk. Creates the account if there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--superuser", action="store_true", help="may also manage people and settings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.") from error
        user = User.objects.filter(email__iexact=email).first()
        # Anybody can sign up with this address, but not confirm it: a password that was set before
        # may be a stranger's, and must not open the desk.
        is_proven = EmailAddress.objects.filter(user=user, verified=True).exists()
        password, made_up = (None, False) if is_proven else self._password(email)
        with transaction.atomic():
            if user is None:
                user = User.objects.create_user(email, password)
            elif not is_proven:
                user.set_password(password)
            user.is_staff = user.is_active = True
            user.is_superuser = user.is_superuser or options["superuser"]
            user.save(update_fields=["password", "is_staff", "is_active", "is_superuser"])
            user.groups.add(Group.objects.get(name=EDITOR))
            self._confirm(user, email)
        self.stdout.write(f"{email} is an editor. Sign in at /admin/.")
        if settings.STAFF_SECOND_FACTOR:
            self.stdout.write(
                "The desk asks for a second factor: a passkey or an authenticator app. "
                "The first visit leads through it."
            )
        if made_up:
            self.stdout.write(f"Password (shown once, change it after signing in): {password}")

    def _confirm(self, user: User, email: str) -> None:
        """Count the address as confirmed: whoever runs this command controls the machine."""
        addresses = EmailAddress.objects.filter(user=user)
        addresses.exclude(email__iexact=email).update(primary=False)
        if not addresses.filter(email__iexact=email).update(verified=True, primary=True):
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)

    def _password(self, email: str) -> tuple[str, bool]:
        """Ask for a password at a terminal; make one up where nobody can type."""
        if not sys.stdin.isatty():
            return secrets.token_urlsafe(15), True
        while True:
            password = getpass.getpass("Password for this account (empty: make one up): ")
            if not password:
                return secrets.token_urlsafe(15), True
            try:
                validate_password(password, User(email=email))
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if getpass.getpass("Once more: ") == password:
                return password, False
            self.stderr.write("The two differ.")
