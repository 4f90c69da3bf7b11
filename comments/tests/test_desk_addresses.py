"""Nobody at the desk gets at the address of a guest, by trying either."""

import pytest
from django.test import Client

from accounts.roles import EDITOR
from articles.tests.desk import sign_in
from comments.tests.desk import sign_in_moderator
from comments.tests.factories import create_comment

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/comments/commenter/"


@pytest.mark.parametrize(
    "lookup",
    [
        "guest_email",
        "guest_email__startswith",
        "guest_email__contains",
        "guest_email__regex",
        "user__email__startswith",
        "user__password__startswith",
    ],
)
def test_the_list_of_people_is_not_filtered_by_an_address(client: Client, lookup: str) -> None:
    sign_in_moderator(client)
    create_comment(email="gus@example.org")
    assert client.get(PEOPLE, {lookup: "g"}).status_code == 400


def test_nor_is_it_for_who_only_looks_on(client: Client) -> None:
    sign_in(client, EDITOR)
    create_comment(email="gus@example.org")
    assert client.get(PEOPLE, {"guest_email__startswith": "g"}).status_code == 400


@pytest.mark.parametrize("choice", ["held", "suspended", "banned"])
def test_the_filter_of_the_page_works(client: Client, choice: str) -> None:
    sign_in_moderator(client)
    create_comment()
    page = client.get(PEOPLE, {"restriction": choice})
    assert page.status_code == 200
    assert "0 commenters" in page.text
