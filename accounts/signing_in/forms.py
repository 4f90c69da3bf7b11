"""The forms of signing up and in: allauth's own, with our words and what password managers need."""

from typing import Any

from allauth.account import app_settings
from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.socialaccount import forms as social_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

CODE_HELP = "From the e-mail. It works for {minutes} minutes; capitals and the dash do not matter."
CHOOSE_HELP = "At least 12 characters. A few words in a row are easy to keep in mind."
# What browsers and password managers should know of a field.
E_MAIL = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "autocorrect": "off",
    "spellcheck": "false",
    "maxlength": "20",
    "class": "code",
}
FIELDS: dict[str, dict[str, Any]] = {
    "email": {"label": "E-mail address", "attrs": E_MAIL | {"autocomplete": "email"}},
    "login": {"label": "E-mail address", "attrs": E_MAIL | {"autocomplete": "username"}},
    "code": {"label": "Code", "attrs": CODE},
    "password": {"label": "Password"},
    "oldpassword": {"label": "Current password"},
    "password1": {"label": "New password"},
    "remember": {
        "label": "Stay signed in on this device",
        "help_text": "For two weeks. Leave it off where others use the same browser.",
    },
}
ERRORS = {
    "email": {
        "required": "Write your e-mail address.",
        "invalid": "Write an e-mail address like name@example.org.",
    },
    "code": {"required": "Write the code from the e-mail."},
    "password": {"required": "Write your password."},
    "oldpassword": {"required": "Write the password you have now."},
    "password1": {"required": "Choose a password."},
}


def code_minutes() -> int:
    """Return for how many minutes an e-mailed code works."""
    return int(app_settings.LOGIN_BY_CODE_TIMEOUT) // 60


def plain(form: forms.Form) -> None:
    """Give the fields of a form our labels and attributes, and take the placeholders away.

    A placeholder that repeats the label is gone as soon as somebody types, and reads as a value.
    """
    form.fields.pop("password2", None)  # one is enough where it can be looked at
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        known = FIELDS.get(name, {})
        field.label = known.get("label", field.label)
        field.help_text = known.get("help_text", "")
        field.widget.attrs.update(known.get("attrs", {}))
        if isinstance(field, forms.EmailField):
            _shorten(field)
        field.error_messages.update(ERRORS.get("email" if name == "login" else name, {}))
    if "code" in form.fields:
        form.fields["code"].help_text = CODE_HELP.format(minutes=code_minutes())
    if "password1" in form.fields:
        form.fields["password1"].help_text = CHOOSE_HELP


def _shorten(field: forms.EmailField) -> None:
    """Refuse an address that is longer than what the database holds: Django's field allows 320."""
    longest = app_settings.EMAIL_MAX_LENGTH
    field.widget.attrs["maxlength"] = str(longest)
    field.validators = [
        MaxLengthValidator(longest) if isinstance(validator, MaxLengthValidator) else validator
        for validator in field.validators
    ]


class Plain:
    """A form whose fields carry our words; goes before the form it changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, forms.Form)
        plain(self)


class LoginForm(Plain, allauth_forms.LoginForm):
    """Sign in by e-mail address and password."""


class SignupForm(Plain, allauth_forms.SignupForm):
    """Sign up by e-mail address and password, or the address alone on the way to a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password1" in self.fields:
            self.fields["password1"].label = "Password"

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Save the person, or act as if, where the address has an account already.

        A password costs some ten milliseconds to hash; it is hashed in vain for a known address,
        so that the time of the answer does not tell the two apart.
        """
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SocialSignupForm(Plain, social_forms.SignupForm):
    """The e-mail address of somebody who comes from a provider that gave none."""


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    """Ask for a code by which a new password can be set."""


class ResetPasswordKeyForm(Plain, allauth_forms.ResetPasswordKeyForm):
    """Set a new password after the code was right."""


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    """Change the password, knowing the one of now."""


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):
    """Set a password on an account that has none."""


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):
    """Confirm with the password that it is still you."""


class RequestLoginCodeForm(Plain, allauth_forms.RequestLoginCodeForm):
    """Ask for a code to sign in with."""

    def clean_email(self) -> str:
        """Return the address. Raises ValidationError, in words of its own after too many codes."""
        try:
            return str(super().clean_email())
        except forms.ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise get_adapter().validation_error("too_many_codes") from error


class ConfirmLoginCodeForm(Plain, allauth_forms.ConfirmLoginCodeForm):
    """The code from the letter, to sign in."""


class ConfirmEmailVerificationCodeForm(Plain, allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code from the letter, to confirm an address."""


class ConfirmPasswordResetCodeForm(Plain, allauth_forms.ConfirmPasswordResetCodeForm):
    """The code from the letter, to set a new password."""


class AddEmailForm(Plain, allauth_forms.AddEmailForm):
    """A further e-mail address."""


class ChangeEmailForm(Plain, allauth_forms.ChangeEmailForm):
    """Another address than the one a code was sent to."""
