"""What allauth asks about second factors: how secrets are stored, and what things are called."""

import logging

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from accounts.security import devices, secrets

logger = logging.getLogger(__name__)


class MFAAdapter(DefaultMFAAdapter):
    """Seals secrets, names keys after the device, and speaks in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Take the second factor off before you add an address.",
        "cannot_delete_authenticator": "This second factor cannot be removed.",
        "cannot_generate_recovery_codes": (
            "Recovery codes stand in for a second factor. Add a passkey or an app first."
        ),
        "incorrect_code": (
            "This is not the right code, or it was used already. "
            "Codes of an app change every 30 seconds; wait for the next one and try again."
        ),
        "unverified_email": (
            "Confirm or remove the e-mail address that is not confirmed yet. "
            "A second factor can be added after that."
        ),
        "unreadable": (
            "We cannot check codes at the moment: the key that protects them has changed on our "
            "side. Use a passkey, or write to us."
        ),
        "bad_credential": "The answer of the passkey was not complete. Try again.",
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it may be stored."""
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret. Raises ValidationError, in words, where no key fits."""
        try:
            return secrets.unseal(encrypted_text)
        except secrets.UnreadableSecretError:
            logger.exception("A secret of a second factor cannot be read: was SECRET_KEY changed?")
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002  # allauth's name
    ) -> str:
        """Return a name for a new passkey: the device it is made on, as far as we can tell."""
        request = context.request
        agent = request.META.get("HTTP_USER_AGENT", "") if request else ""
        return devices.describe(agent)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks for a passkey: the host of this request, under the name of the site."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def build_totp_svg(self, url: str) -> str:
        """Return the square code as SVG, dark on white, so that it can be scanned in any theme."""
        # Slow to load, and needed on one page only.
        import qrcode  # type: ignore[import-untyped]  # noqa: PLC0415
        from qrcode.image.svg import (  # type: ignore[import-untyped]  # noqa: PLC0415
            SvgPathFillImage,
        )

        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
