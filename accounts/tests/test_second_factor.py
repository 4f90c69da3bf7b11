"""The desk asks staff for a second factor, in each session, and leads back to where they wanted."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from accounts.models import User
from accounts.tests.entering import words
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.guarding import (
    ADD_PASSKEY,
    CONFIRM_CODE,
    CONFIRM_PASSKEY,
    CONFIRM_PASSWORD,
    GATE,
    NEW_CODES,
    SECURITY,
    SET_UP_APP,
    add_passkey,
    browser,
    code_now,
    commits_at_once,  # noqa: F401  a fixture
    confirm,
    give_app,
    options_in,
    person,
    recovery_codes,
    sign_in,
    sign_in_with_code,
)
from accounts.tests.test_desk import PEOPLE, new_person

pytestmark = pytest.mark.django_db
DESK = "/admin/"
TAGS = "/admin/articles/tag/"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("page", [DESK, TAGS, f"{TAGS}add/", "/admin/jsi18n/", "/admin/no-such/"])
def test_password_alone_opens_no_page_of_the_desk(client, page):
    sign_in(client, person(role="Editor"))

    response = client.get(page, follow=True)

    assert response.redirect_chain[0][0].startswith(GATE)
    assert "The desk asks for a second factor" in words(response)


def test_desk_leads_to_setting_up_and_back(client):
    sign_in(client, person(role="Editor"), next=TAGS)
    assert client.get(TAGS).status_code == 302
    gate = client.get(GATE, {"next": TAGS})
    assert ADD_PASSKEY in gate.text
    assert SET_UP_APP in gate.text
    confirm(client)

    add_passkey(client)

    codes = client.get("/account/2fa/recovery-codes/")
    assert f"{GATE}?next={TAGS}" in codes.text
    assert client.get(GATE, {"next": TAGS}).url == TAGS
    assert client.get(TAGS).status_code == 200
    assert "on to the desk" not in words(client.get("/account/2fa/recovery-codes/"))


@pytest.mark.usefixtures("commits_at_once")
def test_app_set_up_now_opens_the_desk_too(client):
    sign_in(client, person(role="Editor"))
    client.get(DESK, follow=True)
    confirm(client)
    page = client.get(SET_UP_APP)
    secret = page.context["form"].secret

    client.post(SET_UP_APP, {"code": code_now(secret)})

    assert "On to the desk" in words(client.get(SECURITY))
    assert client.get(DESK).status_code == 200


def test_code_at_sign_in_opens_the_desk(client):
    user = person(role="Editor")
    give_app(user)

    response = sign_in_with_code(client, user, next=DESK)

    assert response.redirect_chain[-1][0] == DESK
    assert response.status_code == 200


def test_recovery_code_opens_the_desk(client):
    user = person(role="Editor")
    give_app(user)

    sign_in_with_code(client, user, recovery_codes(user)[0])

    assert client.get(DESK).status_code == 200


def test_signing_in_with_a_passkey_opens_the_desk(client):
    user = person(role="Editor")
    sign_in(client, user)
    confirm(client)
    passkey = add_passkey(client)
    other = browser()
    start = other.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})

    other.post(
        "/account/2fa/webauthn/login/", {"credential": passkey.get(start.json()["request_options"])}
    )

    assert other.get(DESK).status_code == 200


def test_session_from_before_the_factor_does_not_count(client):
    user = person(role="Editor")
    sign_in(client, user)
    give_app(user)

    gate = client.get(TAGS, follow=True)
    assert "One more proof for the desk" in words(gate)
    assert f"{CONFIRM_CODE}?next=%2Fadmin%2Farticles%2Ftag%2F" in gate.text

    response = client.post(f"{CONFIRM_CODE}?next={TAGS}", {"code": code_now(), "next": TAGS})
    assert response.url == TAGS
    assert client.get(TAGS).status_code == 200


def test_confirming_with_the_password_does_not_count(client):
    user = person(role="Editor")
    sign_in(client, user)
    give_app(user)

    confirm(client)

    assert client.get(DESK).status_code == 302


def test_confirming_with_a_passkey_counts(client):
    user = person(role="Editor")
    other = browser()
    sign_in(other, user)
    confirm(other)
    passkey = add_passkey(other)
    client.force_login(user.__class__.objects.get(pk=user.pk))
    gate = client.get(DESK, follow=True)
    assert CONFIRM_PASSKEY in gate.text

    credential = passkey.get(options_in(client.get(CONFIRM_PASSKEY)))
    client.post(CONFIRM_PASSKEY, {"credential": credential, "next": DESK})

    assert client.get(DESK).status_code == 200


def test_factor_that_was_taken_off_does_not_count_any_more(client):
    user = person(role="Editor")
    give_app(user)
    sign_in_with_code(client, user)
    assert client.get(DESK).status_code == 200

    Authenticator.objects.filter(user=user).delete()

    assert client.get(DESK).status_code == 302


def test_proof_of_another_person_does_not_count(client):
    user = person(role="Editor")
    give_app(user)
    sign_in_with_code(client, user)
    other = person(role="Editor")
    give_app(other, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")

    client.force_login(other)

    assert client.get(DESK).status_code == 302


def test_what_was_written_is_sent_after_the_proof(client):
    user = person(role="Administrator")
    client.force_login(user)
    give_app(user)

    sent = client.post(f"{PEOPLE}add/", new_person(email="kept@example.org"))
    assert sent.status_code == 302
    assert not User.objects.filter(email="kept@example.org").exists()
    client.post(CONFIRM_CODE, {"code": code_now(), "next": f"{PEOPLE}add/"})

    assert User.objects.filter(email="kept@example.org").exists()


def test_staff_can_sign_out_without_a_factor(client):
    sign_in(client, person(role="Editor"))

    assert client.post("/admin/logout/").status_code in {200, 302}
    assert client.get(SECURITY).status_code == 302


def test_strangers_sign_in_first(client):
    assert client.get(DESK).url.startswith("/admin/login/")
    assert client.get(GATE).url.startswith("/account/login/")


def test_members_see_no_gate(client):
    client.force_login(create_user())

    assert client.get(GATE).url == SECURITY
    assert client.get(DESK).status_code == 302
    assert not client.get(DESK).url.startswith(GATE)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "\\\\evil"]
)
def test_gate_leads_nowhere_else(client, target):
    user = person(role="Editor")
    give_app(user)
    sign_in_with_code(client, user)

    assert client.get(GATE, {"next": target}).url == DESK


def test_gate_is_only_read(client):
    client.force_login(person(role="Editor"))

    assert client.post(GATE).status_code == 405


def test_rule_can_be_switched_off_for_a_site_on_localhost(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in(client, person(role="Editor"))

    assert client.get(DESK).status_code == 200


def test_new_recovery_codes_end_the_proof_by_an_old_one(client):
    user = person(role="Editor")
    give_app(user)
    sign_in_with_code(client, user, recovery_codes(user)[0])
    confirm(client)

    client.post(NEW_CODES)

    assert client.get(DESK).status_code == 302


def test_make_editor_says_so(capsys):
    call_command("make_editor", "nora@example.org")

    assert "The desk asks for a second factor" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/account/security/second-factor/?next=/x/"),
        ("127.0.0.1", "http://localhost/account/security/second-factor/?next=/x/"),
        ("localhost:8000", ""),
        ("testserver", ""),
    ],
)
def test_page_opened_by_a_number_says_where_passkeys_work(client, host, named):
    client.force_login(person(role="Editor"))

    response = client.get(f"{GATE}?next=/x/", headers={"host": host})

    assert ("Passkeys need a host with a name." in words(response)) == bool(named)
    assert f'href="{named}"' in response.text or not named


def test_form_that_was_kept_is_not_carried_out_after_a_password_alone(client):
    user, other = person(role="Administrator"), create_user(email="other@example.org")
    sign_in(client, user)
    page = f"{PEOPLE}{other.pk}/change/"
    client.post(page, {"email": "stolen@example.org", "is_staff": "on", "is_active": "on"})

    response = client.post(CONFIRM_PASSWORD, {"password": PASSWORD, "next": page}, follow=True)

    other.refresh_from_db()
    assert (other.email, other.is_staff) == ("other@example.org", False)
    assert "The desk asks for a second factor" in words(response)


def test_the_desk_has_no_way_in_of_its_own(client):
    boss = person(role="Administrator")
    give_app(boss)
    colleague = person(role="Editor")
    sign_in(client, colleague)

    response = client.post("/admin/login/", {"username": boss.email, "password": PASSWORD})

    assert response.url.startswith(GATE)
    assert client.session["_auth_user_id"] == str(colleague.pk)
