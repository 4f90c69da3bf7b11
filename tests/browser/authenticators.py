"""What proves a person beside the password: passkeys that Chromium makes up, codes of an app."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Page


def add_authenticator(page: Page) -> None:
    """Give the browser a device that holds passkeys and always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def app_code(secret: str, digits: int = 6, period: int = 30) -> str:
    """Return what an authenticator app shows now for a secret in base 32 (RFC 6238)."""
    letters = secret.replace(" ", "").upper()
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // period), hashlib.sha1)
    offset = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return str((number & 0x7FFFFFFF) % 10**digits).zfill(digits)
