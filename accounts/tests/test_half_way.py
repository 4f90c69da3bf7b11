"""What waits for a second step or a code ends when the account changes meanwhile."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.security import sessions
from accounts.signing_in import half_way
from accounts.tests.entering import (
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    RESET,
    RESET_COMPLETE,
    RESET_CONFIRM,
    code_for,
    is_signed_in,
    sign_up,
    words,
)
from accounts.tests.factories import PASSWORD
from accounts.tests.guarding import (
    DEVICES,
    SECOND_STEP,
    browser,
    code_now,
    give_app,
    person,
    sign_in,
)

pytestmark = pytest.mark.django_db
NEW = "seven green boats on a hill"
OVER = "What you began here has ended"


def reset(user):
    other = browser()
    other.post(RESET, {"email": user.email})
    other.post(RESET_CONFIRM, {"code": code_for(user.email)})
    assert "changed" in words(other.post(RESET_COMPLETE, {"password1": NEW}, follow=True))


def change_password(user):
    own = browser()
    own.force_login(user)
    own.post("/account/reauthenticate/", {"password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": NEW}
    own.post("/account/password/change/", data)
    assert User.objects.get(pk=user.pk).check_password(NEW)


def give_rights(user):
    User.objects.get(pk=user.pk).groups.create(name="A role")


def sign_out_elsewhere(user):
    own = browser()
    own.force_login(user)
    assert own.post(DEVICES).status_code == 302


CHANGES = [reset, change_password, give_rights, sign_out_elsewhere]


@pytest.mark.parametrize("change", CHANGES)
def test_sign_in_that_waits_for_its_second_step_ends(client, change):
    user = person()
    give_app(user)
    assert "code" in words(sign_in(client, user)).lower()

    change(user)
    response = client.post(SECOND_STEP, {"code": code_now()}, follow=True)

    assert f"{OVER}, because something about the account has changed" in words(response)
    assert response.redirect_chain[-1][0] == "/account/login/"
    assert not is_signed_in(client)
    assert "account_authentication_methods" not in client.session


@pytest.mark.parametrize("change", CHANGES)
def test_code_that_was_asked_for_before_lets_nobody_in(client, change):
    user = person()
    client.post(ASK_CODE, {"email": user.email})
    code = code_for(user.email)

    change(user)
    response = client.post(CONFIRM_CODE, {"code": code}, follow=True)

    assert f"{OVER}. Please begin again." in words(response)  # to strangers, too: no more
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("is_typed", [False, True], ids=["code waits", "code was right"])
def test_code_for_a_new_password_ends(client, change, is_typed):
    user = person()
    client.post(RESET, {"email": user.email})
    code = code_for(user.email)
    if is_typed:
        client.post(RESET_CONFIRM, {"code": code})

    change(user)
    before = User.objects.get(pk=user.pk).password
    response = client.post(RESET_CONFIRM, {"code": code}, follow=True)
    client.post(RESET_COMPLETE, {"password1": LONG})

    assert OVER in words(response)
    assert User.objects.get(pk=user.pk).password == before


def test_one_can_begin_anew_at_once(client):
    user = person()
    give_app(user)
    sign_in(client, user)
    sign_out_elsewhere(user)

    assert OVER in words(client.get("/account/login/"))
    sign_in(client, user)
    client.post(SECOND_STEP, {"code": code_now()})

    assert is_signed_in(client)
    assert half_way.NOTES not in client.session


def test_changes_of_others_end_nothing(client):
    user, other = person(), person()
    give_app(user)
    sign_in(client, user)

    sign_out_elsewhere(other)
    client.post(SECOND_STEP, {"code": code_now()})

    assert is_signed_in(client)


def test_another_person_in_the_same_browser_is_noted_anew(client):
    user, other = person(), person()
    client.post(RESET, {"email": user.email})
    client.post(RESET, {"email": other.email})

    client.post(RESET_CONFIRM, {"code": code_for(other.email)})
    client.post(RESET_COMPLETE, {"password1": NEW})

    assert User.objects.get(pk=other.pk).check_password(NEW)


def test_code_to_an_address_that_went_meanwhile_lets_nobody_in(client):
    user = person()
    EmailAddress.objects.create(user=user, email="old@example.org", verified=True)
    client.post(ASK_CODE, {"email": "old@example.org"})
    code = code_for("old@example.org")

    EmailAddress.objects.filter(email="old@example.org").delete()
    response = client.post(CONFIRM_CODE, {"code": code}, follow=True)

    assert OVER in words(response)
    assert not is_signed_in(client)


def test_sign_up_that_waits_for_its_code_ends(client):
    sign_up(client)
    user = User.objects.get()
    code = code_for(user.email)

    sessions.end_all(user)
    response = client.post(CONFIRM_ADDRESS, {"code": code}, follow=True)

    assert OVER in words(response)
    assert not EmailAddress.objects.get().verified


def test_change_in_the_very_moment_of_the_last_step_counts(client, monkeypatch):
    user = person()
    give_app(user)
    sign_in(client, user)
    monkeypatch.setattr(half_way, "_is_over", lambda *args: False)
    sign_out_elsewhere(user)

    response = client.post(SECOND_STEP, {"code": code_now()}, follow=True)

    assert OVER in words(response)
    assert not is_signed_in(client)


def test_readers_get_no_cookie_of_it(client):
    assert not client.get("/account/login/").cookies.get("sessionid")
    assert not client.get("/").cookies
