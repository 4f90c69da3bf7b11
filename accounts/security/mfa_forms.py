"""The forms of second factors: allauth's own, with our words and what browsers need to know."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from accounts.models import User

LONGEST_NAME = 60
CODE = {
    "autocomplete": "one-time-code",
    "autocorrect": "off",
    "inputmode": "numeric",
    "maxlength": "20",
    "spellcheck": "false",
    "class": "code",
}
APP_HELP = "The 6 digits that your authenticator app shows now{or_recovery}."
RECOVERY = "one of your recovery codes"


def _code(form: forms.Form, help_text: str) -> None:
    """Put our words on the field for a code."""
    field = form.fields["code"]
    field.label = "Code"
    field.help_text = help_text
    field.error_messages["required"] = "Write the code."
    field.widget.attrs = dict(CODE)


def _code_of(form: forms.Form, user: User) -> None:
    """Ask for a code of what the person has: somebody with a passkey alone has no app to look at.

    `form.has_app` and `form.has_codes` say which there are.
    """
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    has_app = Authenticator.Type.TOTP.value in types
    has_codes = Authenticator.Type.RECOVERY_CODES.value in types
    form.has_app, form.has_codes = has_app, has_codes  # type: ignore[attr-defined]
    if has_app:
        _code(form, APP_HELP.format(or_recovery=f", or {RECOVERY}" if has_codes else ""))
    else:
        _code(form, "One of your recovery codes. Each works once.")
        form.fields["code"].label = "Recovery code"


def _name(form: forms.Form) -> None:
    """Put our words on the field for the name of a passkey."""
    form.fields["name"] = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        required=False,
        help_text="For your own list, so that you can tell one passkey from another.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


# What the library says of bytes that are no passkey at all.
MANGLED = (
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    struct.error,
)


class WholeCredential(forms.Form):
    """Refuses what no browser sends as the answer of a passkey, in words instead of a fault."""

    def clean_credential(self) -> Any:
        """Return what the form makes of the credential. Raises ValidationError."""
        credential = self.cleaned_data["credential"]
        make = getattr(super(), "clean_credential", lambda: credential)
        try:
            return make()
        except MANGLED as error:
            raise get_adapter().validation_error("bad_credential") from error

    def clean(self) -> Any:
        """Return the cleaned form. Raises ValidationError."""
        try:
            return super().clean()
        except MANGLED as error:
            raise get_adapter().validation_error("bad_credential") from error


class AuthenticateForm(base.AuthenticateForm):
    """A code, as the second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_of(self, self.user)


class ReauthenticateForm(base.ReauthenticateForm):
    """A code, to confirm that it is still you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_of(self, self.user)


class ActivateAppForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, "The 6 digits that the app shows now.")


class AddPasskeyForm(WholeCredential, webauthn.AddWebAuthnForm):
    """A passkey for an account that there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)
        # The script asks for a passkey that is enough alone, wherever the device can make one.
        self.fields.pop("passwordless", None)


class SignUpPasskeyForm(WholeCredential, webauthn.SignupWebAuthnForm):
    """The passkey of a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = "Write a name."


class AuthenticatePasskeyForm(WholeCredential, webauthn.AuthenticateWebAuthnForm):
    """A passkey, as the second step of signing in."""


class LoginPasskeyForm(WholeCredential, webauthn.LoginWebAuthnForm):
    """A passkey, to sign in with it alone."""


class ReauthenticatePasskeyForm(WholeCredential, webauthn.ReauthenticateWebAuthnForm):
    """A passkey, to confirm that it is still you."""
