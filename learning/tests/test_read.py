"""Marking a guide as read, in the revision that was read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import create_user
from articles.content import Content
from articles.models import Article
from articles.publishing import save_revision, withdraw
from articles.tests.factories import create_live_guide
from learning.models import ReadGuide
from learning.tests.guides import buttons, change, read, text_of

pytestmark = pytest.mark.django_db

PAGE = "/account/guides/queues/"


@pytest.fixture
def guide() -> Article:
    return create_live_guide(title="Queues & lines", slug="queues")


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def read_number(user: User) -> int | None:
    row = ReadGuide.objects.of(user).select_related("revision").first()
    return row.revision.number if row and row.revision else None


def test_mark_names_the_revision(client: Client, reader: User, guide: Article) -> None:
    response = client.post(PAGE, {"act": "read", "revision": "1"}, follow=True)
    assert "You marked revision 1 as read on" in text_of(response)
    assert buttons(response) == ["Save this guide", "Take the mark back"]
    assert read_number(reader) == 1


def test_page_that_led_here_decides_the_revision(
    client: Client, reader: User, guide: Article
) -> None:
    """Somebody read the page yesterday, and it changed before they marked it."""
    change(guide)
    response = client.get(f"{PAGE}?revision=1")
    assert "The page that led here showed revision 1. Readers now see revision 2" in text_of(
        response
    )
    assert "Mark revision 1 as read" in buttons(response)
    response = client.post(PAGE, {"act": "read", "revision": "1"}, follow=True)
    assert read_number(reader) == 1
    assert "Changed since you read it in revision 1:" in text_of(response)
    assert "Mark revision 2 as read" in buttons(response)


@pytest.mark.parametrize("number", ["", "0", "7", "-1", "x", "1.0", "²", "9" * 40, "1 "])
def test_address_with_another_number_means_today(
    client: Client, reader: User, guide: Article, number: str
) -> None:
    response = client.get(PAGE, {"revision": number})
    assert "Mark revision 1 as read" in buttons(response)
    assert "The page that led here" not in text_of(response)


@pytest.mark.parametrize("number", ["", "0", "2", "x", "²", "9" * 40])
def test_revision_that_nobody_saw_is_refused(
    client: Client, reader: User, guide: Article, number: str
) -> None:
    content = Content.of(guide.revisions.get())
    save_revision(guide, content, author=None, note="A draft is number 2.")
    response = client.post(PAGE, {"act": "read", "revision": number})
    assert response.status_code == 400
    assert not ReadGuide.objects.exists()


def test_revision_that_is_announced_for_later_is_refused(
    client: Client, reader: User, guide: Article
) -> None:
    content = Content.of(guide.revisions.get())
    later = save_revision(guide, content, author=None, note="For tomorrow.")
    guide.publications.create(revision=later, at=timezone.now() + timedelta(days=1))
    assert client.post(PAGE, {"act": "read", "revision": "2"}).status_code == 400


def test_reading_again_moves_the_mark(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    long_ago = timezone.now() - timedelta(days=9)
    ReadGuide.objects.update(read_at=long_ago)
    change(guide)
    client.post(PAGE, {"act": "read", "revision": "2"})
    assert read_number(reader) == 2
    assert ReadGuide.objects.get().read_at > long_ago


def test_mark_is_taken_back(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    response = client.post(PAGE, {"act": "unread"}, follow=True)
    assert "No longer marked as read." in response.text
    assert "Mark revision 1 as read" in buttons(response)
    assert read_number(reader) is None


def test_after_a_small_correction_the_page_is_calm(
    client: Client, reader: User, guide: Article
) -> None:
    read(reader, guide)
    change(guide, note="Spelling.", is_notable=False)
    response = client.get(PAGE)
    assert "Changed since" not in text_of(response)
    assert "Spelling." not in text_of(response)
    assert "Mark revision 2 as read" in buttons(response)


def test_marks_of_somebody_else_stay(client: Client, reader: User, guide: Article) -> None:
    other = create_user()
    read(other, guide)
    assert "Mark revision 1 as read" in buttons(client.get(PAGE))
    client.post(PAGE, {"act": "unread"})
    assert read_number(other) == 1


def test_stranger_is_asked_to_sign_in(client: Client, guide: Article) -> None:
    response = client.post(PAGE, {"act": "read", "revision": "1"})
    assert response["Location"] == f"/account/login/?next={PAGE}"
    assert not ReadGuide.objects.exists()


def test_withdrawn_guide_cannot_be_marked(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    withdraw(guide, reason="It is wrong.")
    response = client.get(f"{PAGE}?revision=1")
    assert buttons(response) == ["Take the mark back"]
    assert "Withdrawn on" in text_of(response)
    assert client.post(PAGE, {"act": "read", "revision": "1"}).status_code == 404


def test_page_has_its_fixed_price(
    client: Client, reader: User, guide: Article, library_queries
) -> None:
    read(reader, guide)
    for number in range(5):
        change(guide, note=f"Change {number}.")
    with library_queries(5):
        client.get(f"{PAGE}?revision=1")
