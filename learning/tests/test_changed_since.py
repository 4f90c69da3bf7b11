"""What changed in a guide since a person saved or read it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import create_user
from articles.content import Content
from articles.models import Article, Shelf
from articles.publishing import go_live, save_revision, withdraw
from articles.tests.factories import create_live_guide
from learning.models import ReadGuide, SavedGuide
from learning.tests.guides import buttons, change, read, save, text_of

pytestmark = pytest.mark.django_db

SAVED, PROGRESS = "/account/saved/", "/account/progress/"


@pytest.fixture
def guide() -> Article:
    return create_live_guide(title="Queues", slug="queues")


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def test_nothing_changed(client: Client, reader: User, guide: Article) -> None:
    save(reader, guide)
    read(reader, guide)
    assert "Changed since you" not in text_of(client.get(SAVED))
    assert "Changed since you" not in text_of(client.get(PROGRESS))


def test_notable_change_is_told_with_its_day_and_note(
    client: Client, reader: User, guide: Article
) -> None:
    save(reader, guide)
    read(reader, guide)
    change(guide, note="The figures of <2026>.")
    for page in (SAVED, PROGRESS):
        response = client.get(page)
        assert "Changed since you read it in revision 1:" in text_of(response)
        assert re.search(r"\d+ \w{3} \d{4}: The figures of <2026>\.", text_of(response))
        assert 'href="/guides/queues/changes/"' in response.text
        assert 'href="/guides/queues/changes/1/"' in response.text
        assert client.get("/guides/queues/changes/1/").status_code == 200


def test_change_after_saving(client: Client, reader: User, guide: Article) -> None:
    save(reader, guide)
    change(guide)
    assert "Changed since you saved it in revision 1: " in text_of(client.get(SAVED))


def test_later_of_saving_and_reading_counts(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    change(guide, note="Before saving.")
    save(reader, guide)
    assert "Changed since" not in text_of(client.get(SAVED))
    assert "Before saving." in text_of(client.get(PROGRESS))
    change(guide, note="After saving.")
    text = text_of(client.get(SAVED))
    assert "Changed since you saved it in revision 2: " in text
    assert "After saving." in text
    assert "Before saving." not in text


def test_mark_that_was_taken_back_does_not_count(
    client: Client, reader: User, guide: Article
) -> None:
    save(reader, guide)
    change(guide)
    read(reader, guide)
    assert "Changed since" not in text_of(client.get(SAVED))
    ReadGuide.objects.update(removed_at=timezone.now())
    assert "Changed since you saved it in revision 1: " in text_of(client.get(SAVED))


def test_minor_changes_and_drafts_are_not_told(
    client: Client, reader: User, guide: Article
) -> None:
    read(reader, guide)
    change(guide, note="Spelling.", is_notable=False)
    save_revision(guide, Content.of(guide.revisions.get(number=2)), author=None, note="A plan.")
    text = text_of(client.get(PROGRESS))
    assert "Changed since" not in text
    assert "Spelling." not in text
    assert "A plan." not in text


def test_many_changes_are_counted(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    for number in range(1, 6):
        change(guide, note=f"Change {number}.")
    text = text_of(client.get(PROGRESS))
    assert [f"Change {number}." in text for number in range(1, 6)] == [False] * 2 + [True] * 3
    assert "and 2 earlier changes" in text
    assert "Mark revision 6 as read: Queues" in buttons(client.get(PROGRESS))


def test_change_without_a_note(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    change(guide, note="")
    assert ": no note was left" in text_of(client.get(PROGRESS))


def test_guide_that_was_away_and_came_back_the_same(
    client: Client, reader: User, guide: Article
) -> None:
    """Its revision went live again, and is the one that the person knows."""
    read(reader, guide)
    save(reader, guide)
    withdraw(guide, reason="For a day.")
    assert "Changed since" not in text_of(client.get(PROGRESS))
    go_live(guide.revisions.get(), actor=None)
    for page in (SAVED, PROGRESS):
        text = text_of(client.get(page))
        assert "Changed since" not in text
        assert "Withdrawn" not in text


def test_withdrawn_guide_tells_no_changes(client: Client, reader: User, guide: Article) -> None:
    read(reader, guide)
    change(guide, note="A last change.")
    withdraw(guide, reason="It is wrong.")
    text = text_of(client.get(PROGRESS))
    assert "It is wrong." in text
    assert "A last change." not in text


def test_revision_that_was_old_when_it_was_read(
    client: Client, reader: User, guide: Article
) -> None:
    """What stood in the page counts, not the day on which it was marked."""
    change(guide, note="While it was open in another window.")
    client.post("/account/guides/queues/", {"act": "read", "revision": "1"})
    assert "While it was open in another window." in text_of(client.get(PROGRESS))


def test_row_that_lost_its_revision_goes_by_its_day(
    client: Client, reader: User, guide: Article
) -> None:
    save(reader, guide)
    read(reader, guide)
    ReadGuide.objects.update(revision=None)
    SavedGuide.objects.update(revision=None)
    assert "Changed since" not in text_of(client.get(PROGRESS))
    change(guide)
    for page in (SAVED, PROGRESS):
        assert "Changed since you read it: " in text_of(client.get(page))


def test_salary_guide_leads_to_its_own_history(client: Client, reader: User) -> None:
    guide = create_live_guide(slug="pay-here", shelf=Shelf.SALARIES)
    read(reader, guide)
    change(guide)
    page = client.get(PROGRESS).text
    assert 'href="/salaries/pay-here/changes/"' in page
    assert 'href="/salaries/pay-here/changes/1/"' in page


def test_day_of_a_change_is_not_confused_with_another_guide(
    client: Client, reader: User, guide: Article
) -> None:
    """One was read before its change, the other after; each is asked for its own."""
    other = create_live_guide(title="Locks", slug="locks")
    read(reader, guide, other)
    change(guide, note="Only in queues.")
    change(other, note="Known already.")
    read(reader, other)
    change(other, note="New in locks.")
    text = text_of(client.get(PROGRESS))
    assert "Only in queues." in text
    assert "New in locks." in text
    assert "Known already." not in text
