"""The link in the foot of a guide: the same bytes for every reader."""

import pytest
from django.test import Client

from accounts.tests.factories import create_user
from articles.models import Shelf
from articles.tests.factories import create_live_guide
from learning.tests.guides import change, read, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("shelf", "address"), [(Shelf.GUIDES, "/guides/queues/"), (Shelf.SALARIES, "/salaries/queues/")]
)
def test_link_names_the_revision_on_the_page(client: Client, shelf: str, address: str) -> None:
    guide = create_live_guide(slug="queues", shelf=shelf)
    link = '<a href="/account/guides/queues/?revision={}" rel="nofollow" data-keep>Save it'
    assert link.format(1) in client.get(address).text
    change(guide)
    assert link.format(2) in client.get(address).text


def test_earlier_revision_has_no_link(client: Client) -> None:
    change(create_live_guide(slug="queues"))
    assert "/account/guides/" not in client.get("/guides/queues/changes/1/").text


def test_page_is_the_same_for_everybody(client: Client) -> None:
    guide = create_live_guide(slug="queues")
    stranger = client.get("/guides/queues/")
    reader, member = create_user(), Client()
    member.force_login(reader)
    save(reader, guide)
    read(reader, guide)
    own = member.get("/guides/queues/")
    assert own.content == stranger.content
    assert not own.cookies
    assert not stranger.cookies
