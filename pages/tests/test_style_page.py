"""The style page: for people who build and write."""

import pytest
from django.test import Client

from accounts.roles import AUTHOR
from accounts.tests.factories import create_user

pytestmark = pytest.mark.django_db


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    response = client.get("/style/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/style/"


def test_readers_are_refused(client: Client) -> None:
    client.force_login(create_user())
    assert client.get("/style/").status_code == 403


def test_staff_sees_every_element_of_our_markdown(client: Client) -> None:
    client.force_login(create_user(role=AUTHOR))
    page = client.get("/style/").text
    kinds = ("callout--note", "callout--warning", "callout--example", "callout--try")
    elements = ("table-wrap", "footnotes", "<dl>", "<blockquote>", "code__run", 'class="highlight')
    for element in (*kinds, *elements):
        assert element in page, element
