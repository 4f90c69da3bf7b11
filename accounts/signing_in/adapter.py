"""How allauth behaves here: its letters go through our outbox, in our words."""

import ipaddress
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.security import second_factor
from accounts.signing_in import half_way, letters, proof
from accounts.terms import agreements

# Counts as one client, and fits into a column for network addresses.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  an address to write down, not one to listen on

# Said where somebody lands after it, which allauth says as if their password had been guessed at.
CODE_IS_OVER = (
    "That was the third wrong code, so it does not work any more. Begin again to have a new one "
    "sent. If you were signing up, sign in here with what you chose, or by an e-mailed code."
)


class AccountAdapter(DefaultAccountAdapter):
    """Our choices where allauth asks for them."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off.",
        "email_password_mismatch": (
            "E-mail and password do not match. Check both, or have a code sent."
        ),
        # allauth says it of a wrong one; an empty field has words of its own.
        "enter_current_password": "That is not your current password.",
        "incorrect_code": "This code is not right. Look at the latest letter.",
        "incorrect_password": "This password is not right.",
        "rate_limited": "Too many letters at once. Wait a moment, then ask again.",
        "too_many_codes": (
            "Too many codes were asked for. The latest still works for its ten minutes; wait some "
            "minutes before you ask for another."
        ),
        "too_many_login_attempts": "Too many tries. Wait some minutes, then begin again.",
    }

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kw: Any
    ) -> None:
        """Tell what happened. What allauth says of too many tries is always the end of a code."""
        if message == self.error_messages["too_many_login_attempts"]:
            message = CODE_IS_OVER
        super().add_message(request, level, *args, message=message, **kw)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Return where to go after an address was confirmed: for a further one, to all of them."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        return str(super().get_email_verification_redirect_url(email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a letter of allauth. Raises KeyError for a kind that has no words of ours."""
        letters.queue(template_prefix, email, context, self.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go after signing in: to what is new in our terms, if anything is."""
        return agreements.page_after_sign_in(request.user, super().get_login_redirect_url(request))

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Note what holds as a sign-in begins; return an answer where it must not go on."""
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if answer is None and isinstance(user, User):
            half_way.note_sign_in(request, user)
        return answer

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in. Raises ImmediateHttpResponse where the account changed meanwhile."""
        if isinstance(user, User) and not half_way.may_finish(request, user):
            messages.warning(request, half_way.OVER)
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, signup: bool, **kwargs: Any
    ) -> HttpResponse:
        """Note that whoever has just signed up has proven who they are, as any sign-in is noted.

        Nothing else notes it: a new account is opened by the code of its confirmation, which
        is no way to sign in.
        """
        if signup and not get_authentication_records(request, user):
            record_authentication(request, user, "signup", email=getattr(user, "email", ""))
        if signup and isinstance(user, User) and second_factor.lacks_codes(user):
            # Who signed up with a passkey has no other way in yet.
            codes = reverse("mfa_generate_recovery_codes")
            kwargs["redirect_url"] = kwargs["redirect_url"] or codes
        response: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        return response

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody signed up with it, who has an account.

        The rows of an account are made and taken back again, because making them takes time, and
        that time would tell whoever signed up that there is no account yet.
        """
        with transaction.atomic():
            nobody = User.objects.create(email=f"{secrets.token_hex(8)}@nobody.invalid")
            EmailAddress.objects.create(user=nobody, email=nobody.email, primary=True)
            agreements.note_sign_up(User, nobody)
            transaction.set_rollback(True)
        super().send_account_already_exists_mail(email)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Queue a notice about a change of an account, to its main address or to `email`."""
        about = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, about, email)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether to ask again who it is, before a sensitive step.

        Whoever signed in a moment ago has just told: asking twice in five minutes teaches people to
        type their password wherever it is asked for. Raises ImmediateHttpResponse for those who
        have nothing to prove it with but a new code.
        """
        if proof.must_sign_in_again(self.request):
            raise ImmediateHttpResponse(_way_to_a_code(self.request))
        if proof.is_fresh(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that a request comes from.

        Where the server was told none (a socket) or the proxies do not add up, all such requests
        count as one client: signing in gets slower for them, and does not break.
        """
        try:
            return str(ipaddress.ip_address(super().get_client_ip(request)))
        except (ImproperlyConfigured, PermissionDenied, ValueError):
            return NO_ADDRESS


def _way_to_a_code(request: HttpRequest) -> HttpResponse:
    """Return the page that explains why a new code is needed, and leads to it and back."""
    if second_factor.must_prove(request):
        return redirect("accounts:second-factor")
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('accounts:sign-in-again')}?{query}")
