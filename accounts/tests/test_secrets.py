"""Secrets of second factors: unreadable in the database, readable after a change of the key."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.security import secrets
from accounts.tests.entering import words
from accounts.tests.guarding import (
    SECOND_STEP,
    SECRET,
    code_now,
    give_app,
    person,
    recovery_codes,
    sign_in,
    sign_in_with_code,
)

pytestmark = pytest.mark.django_db
FIRST_KEY = "a key of the first year, kept for this test alone"
SEALED_THEN = (
    "sealed:1:gAAAAABrA833PhsE-b0Oy9vVmckIuQqejM3jPo3C0IVJiF8V0tcIfdCCP6FQC8OPrGjvKgC9wlf9sD7_r_zQ"
    "FZ0KC8wCbY_7e5O6A0wVqA1NH-yE1H1wamY="
)
OTHER_KEY = "quite another key than before, and long enough " * 2


def stored():
    """Return everything the table of second factors holds, as one text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mfa_authenticator")
        return json.dumps(cursor.fetchall(), default=str)


def run():
    call_command("reseal_secrets")


def test_what_is_sealed_can_be_read_again_and_looks_different_each_time():
    assert secrets.unseal(secrets.seal("žluťoučký key")) == "žluťoučký key"
    assert secrets.seal("key") != secrets.seal("key")


def test_what_was_sealed_long_ago_opens_after_every_change_of_the_code(settings):
    settings.SECRET_KEY = FIRST_KEY

    assert secrets.unseal(SEALED_THEN) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("words_", ["", "plain words", "sealed:1:", "sealed:1:AAAA", "sealed:2:x"])
def test_what_nobody_sealed_is_not_taken_for_a_secret(words_):
    with pytest.raises(secrets.UnreadableSecretError):
        secrets.unseal(words_)


def test_changed_words_are_refused():
    sealed = secrets.seal("key")
    middle = len(sealed) // 2  # the last letters of base 64 hold bits that mean nothing
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]

    with pytest.raises(secrets.UnreadableSecretError):
        secrets.unseal(changed)


def test_database_holds_neither_key_nor_codes():
    user = person()
    give_app(user)

    text = stored()

    assert "sealed:1:" in text
    assert SECRET not in text
    assert not any(code in text for code in recovery_codes(user))


def test_codes_work_after_a_change_of_the_key(client, settings):
    user = person()
    give_app(user)
    codes = recovery_codes(user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = OTHER_KEY

    assert recovery_codes(user) == codes
    sign_in_with_code(client, user)

    assert client.get("/account/").status_code == 200


def test_resealing_lets_the_old_key_go(settings, capsys):
    user = person()
    give_app(user)
    codes, before = recovery_codes(user), stored()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = OTHER_KEY

    run()
    settings.SECRET_KEY_FALLBACKS = []

    assert "Sealed anew: 2." in capsys.readouterr().out
    assert stored() != before
    assert recovery_codes(user) == codes
    app = Authenticator.objects.get(user=user, type="totp").wrap()
    assert app.validate_code(code_now())


def test_resealing_names_what_no_key_opens_and_leaves_it(settings):
    give_app(person())
    before = stored()
    settings.SECRET_KEY = OTHER_KEY

    with pytest.raises(CommandError, match="Cannot be read with any key there is: 2"):
        run()

    assert stored() == before


def test_resealing_leaves_passkeys_alone(capsys):
    Authenticator.objects.create(
        user=person(), type="webauthn", data={"name": "x", "credential": {}}
    )

    run()

    assert "Sealed anew: 0." in capsys.readouterr().out


def test_sign_in_says_in_words_that_codes_cannot_be_checked(client, settings, caplog):
    user = person()
    give_app(user)
    settings.SECRET_KEY = OTHER_KEY
    sign_in(client, user)

    response = client.post(SECOND_STEP, {"code": code_now()})

    assert "We cannot check codes at the moment" in words(response)
    assert "was SECRET_KEY changed?" in caplog.text
    assert client.get("/account/").status_code == 302
