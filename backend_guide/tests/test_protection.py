"""What protects accounts is on at the real site: tests run with quicker settings in places."""

import logging
from typing import Any

from backend_guide import settings


def test_passwords_are_hashed_with_argon2_and_judged_by_how_soon_they_are_guessed() -> None:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    assert settings.PASSWORD_HASHERS[0] == "accounts.signing_in.passwords.Argon2"
    assert [row["NAME"] for row in validators] == [
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "accounts.signing_in.passwords.NotGuessable",
    ]


def test_counts_are_exact_and_cannot_be_pushed_out_of_the_cache() -> None:
    cache: Any = settings.CACHES["default"]
    assert cache["BACKEND"] == "core.cache.FileCache"
    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 10_000


def test_guessing_is_limited_by_client_and_by_account() -> None:
    limits = settings.ACCOUNT_RATE_LIMITS
    assert "5/5m/key" in limits["login_failed"]
    for name in ("login", "login_failed", "signup", "request_login_code", "reset_password"):
        assert "/ip" in limits[name]
    for name in ("request_login_code", "reset_password", "confirm_email"):
        assert "10/h/key" in limits[name]
    assert "accounts.signing_in.limits.LimitsMiddleware" in settings.MIDDLEWARE


def test_the_log_does_not_say_which_passkey_came_in() -> None:
    """The name of a passkey stands for a person, and the log outlives their account."""
    assert not logging.getLogger("fido2.server").isEnabledFor(logging.INFO)
