"""Steps of guarding an account, as a person takes them: confirm, set up, give a code."""

import json
import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.soft_passkey import SoftPasskey

SECURITY = "/account/security/"
DEVICES = "/account/sessions/"
GATE = "/account/security/second-factor/"
SIGN_IN = "/account/login/"
SECOND_STEP = "/account/2fa/authenticate/"
CONFIRM_PASSWORD = "/account/reauthenticate/"
CONFIRM_CODE = "/account/2fa/reauthenticate/"
CONFIRM_PASSKEY = "/account/2fa/webauthn/reauthenticate/"
SET_UP_APP = "/account/2fa/totp/activate/"
REMOVE_APP = "/account/2fa/totp/deactivate/"
ADD_PASSKEY = "/account/2fa/webauthn/add/"
CODES = "/account/2fa/recovery-codes/"
NEW_CODES = "/account/2fa/recovery-codes/generate/"
DOWNLOAD_CODES = "/account/2fa/recovery-codes/download/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def commits_at_once(monkeypatch):
    """Run at once what waits for a commit, which a test never makes."""
    monkeypatch.setattr(transaction, "on_commit", lambda do, *args, **kwargs: do())


def browser(agent: str = FIREFOX, address: str = "203.0.113.77") -> Client:
    """Return another browser, on a device of its own."""
    return Client(headers={"user-agent": agent}, REMOTE_ADDR=address)


def person(**fields) -> User:
    """Return somebody with a password."""
    return create_user(**{"password": PASSWORD, **fields})


def sign_in(client: Client, user: User, **query: str):
    """Sign in with the password; return the last answer."""
    data = {"login": user.email, "password": PASSWORD, **query}
    return client.post(SIGN_IN, data, follow=True)


def confirm(client: Client, password: str = PASSWORD):
    """Say with the password that it is still you."""
    return client.post(CONFIRM_PASSWORD, {"password": password})


def code_now(secret: str = SECRET, steps: int = 0) -> str:
    """Return what an app shows now, or some steps of 30 seconds away from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str = SECRET) -> str:
    """Return a code that the app does not show around now."""
    near = {code_now(secret, steps) for steps in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


def give_app(user: User, secret: str = SECRET) -> Authenticator:
    """Have somebody own an authenticator app, with recovery codes."""
    app = TOTP.activate(user, secret).instance
    RecoveryCodes.activate(user)
    return app


def recovery_codes(user: User) -> list[str]:
    """Return the recovery codes that still work."""
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def sign_in_with_code(client: Client, user: User, code: str = "", **query: str):
    """Sign in with the password and a code; return the last answer."""
    sign_in(client, user, **query)
    return client.post(SECOND_STEP, {"code": code or code_now()}, follow=True)


def options_in(response):
    """Return the options that a page hands to passkeys.js."""
    found = re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', response.text)
    assert found, "The page has no options for a passkey."
    return json.loads(found[1])


def add_passkey(client: Client, name: str = "My laptop") -> SoftPasskey:
    """Add a passkey to the account of somebody who has just confirmed."""
    passkey = SoftPasskey()
    credential = passkey.create(options_in(client.get(ADD_PASSKEY)))
    client.post(ADD_PASSKEY, {"name": name, "credential": credential})
    return passkey


def add_unconfirmed(user: User, email: str = "new@example.org") -> EmailAddress:
    """Have somebody own an address that is not confirmed."""
    return EmailAddress.objects.create(user=user, email=email, verified=False)
