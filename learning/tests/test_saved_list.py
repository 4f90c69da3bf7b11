"""The list of saved guides."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import create_user
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_live_guide
from learning import summaries
from learning.models import SavedGuide
from learning.tests.guides import buttons, change, read, save, text_of, titles
from learning.views import lists

pytestmark = pytest.mark.django_db

PAGE = "/account/saved/"


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def test_nothing_saved_yet(client: Client, reader: User) -> None:
    text = text_of(client.get(PAGE))
    assert "You have saved no guides yet." in text
    assert "Choose a guide" in text
    assert "Taken off" not in text
    assert summaries.saved(reader) == "You have saved no guides yet."


def test_guide_stands_with_its_facts(client: Client, reader: User) -> None:
    shelf = create_category(name="The role")
    guide = create_live_guide(title="Queues & lines", slug="queues", category=shelf)
    save(reader, guide)
    SavedGuide.objects.update(saved_at="2026-03-04T12:00:00+00:00")
    response = client.get(PAGE)
    assert '<a href="/guides/queues/">Queues &amp; lines</a>' in response.text
    assert "The role · 1 min · saved 4 Mar 2026" in text_of(response)
    assert "1 guide." in text_of(response)
    assert buttons(response) == [
        "Mark as read: Queues & lines",
        "Take off the list: Queues & lines",
    ]
    assert summaries.saved(reader) == "1 guide saved."


def test_latest_saved_first_after_those_that_changed(client: Client, reader: User) -> None:
    guides = [create_live_guide(title=name) for name in ("First", "Second", "Third", "Fourth")]
    save(reader, *guides)
    for days, guide in zip((1, 4, 2, 3), guides, strict=True):
        at = timezone.now() - timedelta(days=days)
        SavedGuide.objects.filter(article=guide).update(saved_at=at)
    change(guides[3])
    change(guides[1])
    assert titles(client.get(PAGE)) == ["Fourth", "Second", "First", "Third"]
    assert summaries.saved(reader) == "4 guides saved, 2 changed since."


def test_marking_as_read_comes_back_to_the_list(client: Client, reader: User) -> None:
    guide = create_live_guide(title="Queues", slug="queues")
    save(reader, guide)
    form = {"act": "read", "revision": "1", "back": "saved"}
    response = client.post("/account/guides/queues/", form, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "“Queues”: marked as read: revision 1." in text_of(response)
    assert re.search(r"saved \d+ \w+ \d+ · read \d+ \w+ \d+", text_of(response))
    assert buttons(response) == ["Take off the list: Queues"]


def test_withdrawn_guide_is_named_without_a_link(client: Client, reader: User) -> None:
    guide = create_live_guide(title="Queues", slug="queues")
    save(reader, guide)
    withdraw(guide, reason="The figures were <wrong>.")
    response = client.get(PAGE)
    assert titles(response) == ["Queues"]
    assert re.search(r"Withdrawn on \d+ \w+ \d+: The figures were <wrong>\.", text_of(response))
    assert "/guides/queues/" not in response.text.replace("/account/guides/queues/", "")
    assert buttons(response) == ["Take off the list: Queues"]


def test_guide_that_is_not_public_for_another_reason_says_so(client: Client, reader: User) -> None:
    guide = create_live_guide(title="Queues", slug="queues")
    save(reader, guide)
    type(guide).objects.update(
        published_at=timezone.now() + timedelta(days=1),
        modified_at=timezone.now() + timedelta(days=1),
    )
    text = text_of(client.get(PAGE))
    assert "This guide is not public at the moment." in text
    assert "Mark as read" not in text


def test_only_my_own(client: Client, reader: User) -> None:
    save(create_user(), create_live_guide(title="Not mine"))
    assert "Not mine" not in client.get(PAGE).text


def test_pages_of_the_list(client: Client, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    save(reader, *(create_live_guide(title=f"Part {number}") for number in (1, 2, 3)))
    assert titles(client.get(PAGE)) == ["Part 3", "Part 2"]
    assert 'href="?page=2"' in client.get(PAGE).text
    assert titles(client.get(f"{PAGE}?page=2")) == ["Part 1"]
    assert client.get(f"{PAGE}?page=3").status_code == 404
    assert client.get(f"{PAGE}?page=x").status_code == 404


def test_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"
    assert client.post(PAGE, {"put_back": "all"})["Location"] == f"/account/login/?next={PAGE}"
    assert client.put(PAGE).status_code in {302, 405}


def test_page_is_kept_nowhere(client: Client, reader: User) -> None:
    assert "no-store" in client.get(PAGE)["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in client.get(PAGE).text


@pytest.mark.parametrize("count", [3, 30])
def test_price_does_not_grow(client: Client, reader: User, library_queries, count: int) -> None:
    guides = [create_live_guide() for _ in range(count)]
    save(reader, *guides)
    read(reader, *guides[::2])
    for guide in guides[::3]:
        change(guide)
    with library_queries(4):
        assert len(titles(client.get(PAGE))) == count


def test_summary_costs_one_query(reader: User, django_assert_num_queries) -> None:
    guides = [create_live_guide() for _ in range(3)]
    save(reader, *guides)
    with django_assert_num_queries(1):
        summaries.saved(reader)
