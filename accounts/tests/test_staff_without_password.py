"""Staff who have neither password nor second factor prove by a new code who they are."""

import pytest

from accounts.tests.entering import ASK_CODE, CONFIRM_CODE, code_for, minutes_pass, words
from accounts.tests.factories import create_user
from accounts.tests.guarding import ADD_PASSKEY, GATE, SET_UP_APP, add_passkey

pytestmark = pytest.mark.django_db
DESK = "/admin/"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.STAFF_SECOND_FACTOR = True


def come(client, user, **query):
    client.post(ASK_CODE, {"email": user.email, **query})
    client.post(CONFIRM_CODE, {"code": code_for(user.email), **query})


@pytest.mark.parametrize("page", [ADD_PASSKEY, SET_UP_APP, "/account/password/set/"])
def test_session_left_open_is_not_enough(client, page):
    come(client, create_user(role="Editor"))
    minutes_pass(client)

    response = client.get(page, follow=True)

    assert response.redirect_chain[-1][0] == GATE
    assert "Sign in once more" in words(response)


def test_new_code_opens_the_way(client):
    user = create_user(role="Editor")
    come(client, user)
    minutes_pass(client)
    page = client.get(DESK, follow=True)
    assert f'value="{ASK_CODE}?next=%2Fadmin%2F"' in page.text

    left = client.post("/account/logout/", {"next": f"{ASK_CODE}?next=%2Fadmin%2F"})
    assert left.url == f"{ASK_CODE}?next=%2Fadmin%2F"
    come(client, user, next=DESK)
    add_passkey(client)

    assert client.get(DESK).status_code == 200


def test_members_are_not_asked(client):
    come(client, create_user())
    minutes_pass(client)

    assert client.get(ADD_PASSKEY).status_code == 200
