"""Who signs up with an address of somebody else has no way in once its owner comes."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from accounts.tests.entering import (
    ADDRESS,
    ASK_CODE,
    CONFIRM_CODE,
    RESET,
    RESET_CONFIRM,
    SIGN_IN,
    code_for,
    is_signed_in,
    sign_up,
    words,
)
from accounts.tests.test_social import come_from_github, github  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
THEIRS = "the password of a stranger"
UNCONFIRMED = [{"email": ADDRESS, "primary": True, "verified": False}]


def come_by_code(client: Client):
    client.post(ASK_CODE, {"email": ADDRESS})
    return client.post(CONFIRM_CODE, {"code": code_for(ADDRESS)}, follow=True)


def come_by_reset(client: Client):
    client.post(RESET, {"email": ADDRESS})
    return client.post(RESET_CONFIRM, {"code": code_for(ADDRESS)}, follow=True)


@pytest.mark.parametrize("come", [come_by_code, come_by_reset])
def test_password_ends_also_where_no_new_one_is_set(client, come):
    sign_up(Client(), password=THEIRS)

    response = come(client)

    assert "so it no longer works" in words(response)
    stranger = Client()
    stranger.post(SIGN_IN, {"login": ADDRESS, "password": THEIRS})
    assert not is_signed_in(stranger)
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("come", [come_by_code, come_by_reset])
def test_account_at_another_site_is_disconnected(client, github, come):  # noqa: F811
    github.emails = UNCONFIRMED
    come_from_github(Client())
    assert SocialAccount.objects.exists()

    response = come(client)

    assert "so it was disconnected" in words(response)
    assert not SocialAccount.objects.exists()
    stranger = Client()
    come_from_github(stranger)
    assert not is_signed_in(stranger)
