"""People who have neither password nor second factor prove by a new code who they are."""

import pytest

from accounts.models import DeletionRequest
from accounts.tests.entering import ASK_CODE, LONG, come_by_code, minutes_pass, words
from accounts.tests.factories import create_user
from accounts.tests.guarding import ADD_PASSKEY, GATE, SET_UP_APP, add_passkey

pytestmark = pytest.mark.django_db
DESK = "/admin/"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("page", [ADD_PASSKEY, SET_UP_APP, "/account/password/set/"])
def test_session_left_open_is_not_enough(client, page):
    come_by_code(client, create_user(role="Editor"))
    minutes_pass(client)

    response = client.get(page, follow=True)

    assert response.redirect_chain[-1][0] == GATE
    assert "Sign in once more" in words(response)


def test_new_code_opens_the_way(client):
    user = create_user(role="Editor")
    come_by_code(client, user)
    minutes_pass(client)
    page = client.get(DESK, follow=True)
    assert f'value="{ASK_CODE}?next=%2Fadmin%2F"' in page.text

    left = client.post("/account/logout/", {"next": f"{ASK_CODE}?next=%2Fadmin%2F"})
    assert left.url == f"{ASK_CODE}?next=%2Fadmin%2F"
    come_by_code(client, user, next=DESK)
    add_passkey(client)

    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    "page", [ADD_PASSKEY, SET_UP_APP, "/account/password/set/", "/account/data/download/"]
)
def test_session_of_a_member_left_open_is_not_enough(client, page):
    come_by_code(client, create_user())
    minutes_pass(client)

    response = client.post(page, {"password1": LONG}, follow=True)

    assert "Sign in once more" in words(response)


def test_nothing_is_deleted_without_a_new_code(client):
    user = create_user()
    come_by_code(client, user)
    minutes_pass(client)

    response = client.post("/account/data/delete/", {"comments": "remove", "is_sure": "on"})

    assert response.url == "/account/security/again/?next=%2Faccount%2Fdata%2Fdelete%2F"
    assert not DeletionRequest.objects.exists()


def test_member_goes_on_after_a_new_code(client):
    user = create_user()
    come_by_code(client, user)
    minutes_pass(client)
    page = client.get(ADD_PASSKEY, follow=True)
    target = "next=%2Faccount%2F2fa%2Fwebauthn%2Fadd%2F"
    assert f'value="{ASK_CODE}?{target}"' in page.text

    client.post("/account/logout/")
    come_by_code(client, user, next=ADD_PASSKEY)
    assert client.get(ADD_PASSKEY).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/account/data/"])
def test_page_leads_on_inside_the_site_only(client, target):
    come_by_code(client, create_user())
    expected = target if target == "/account/data/" else "/account/security/"

    response = client.get("/account/security/again/", {"next": target})

    assert response.url == expected


def test_stranger_signs_in_first(client):
    assert client.get("/account/security/again/").url.startswith("/account/login/")
