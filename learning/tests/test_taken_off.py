"""What was taken off a list can be put back for a day, and is forgotten after it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import create_user
from articles.tests.factories import create_live_guide
from core import retention
from learning import marks
from learning.models import ReadGuide, SavedGuide
from learning.tests.guides import buttons, read, save, text_of, titles
from learning.views import lists

pytestmark = pytest.mark.django_db

SAVED, PROGRESS = "/account/saved/", "/account/progress/"


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def test_slip_of_the_hand_is_put_back_as_it_was(client: Client, reader: User) -> None:
    guide = create_live_guide(title="Queues", slug="queues")
    save(reader, guide)
    at = timezone.now() - timedelta(days=9)
    SavedGuide.objects.update(saved_at=at)
    form = {"act": "remove", "back": "saved"}
    response = client.post("/account/guides/queues/", form, follow=True)
    assert titles(response) == []
    assert "Taken off in the last day" in text_of(response)
    assert buttons(response) == ["Put back: Queues"]
    response = client.post(SAVED, {"put_back": str(guide.pk)}, follow=True)
    assert "Put back: 1 guide." in text_of(response)
    assert titles(response) == ["Queues"]
    assert SavedGuide.objects.get().saved_at == at


def test_one_of_several_or_all(client: Client, reader: User) -> None:
    guides = [create_live_guide(title=name) for name in ("One", "Two", "Three")]
    read(reader, *guides)
    marks.take_off(ReadGuide.objects.of(reader))
    response = client.get(PROGRESS)
    assert sorted(buttons(response)) == [
        "Put all of them back",
        "Put back: One",
        "Put back: Three",
        "Put back: Two",
    ]
    assert titles(client.post(PROGRESS, {"put_back": str(guides[1].pk)}, follow=True)) == ["Two"]
    response = client.post(PROGRESS, {"put_back": "all"}, follow=True)
    assert "Put back: 2 guides." in text_of(response)
    assert len(titles(response)) == 3
    assert "Taken off" not in text_of(response)


def test_long_list_is_cut(client: Client, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "TAKEN_OFF_SHOWN", 2)
    save(reader, *(create_live_guide() for _ in range(3)))
    marks.take_off(SavedGuide.objects.of(reader))
    response = client.get(SAVED)
    assert "and more" in text_of(response)
    assert len(buttons(response)) == 3
    client.post(SAVED, {"put_back": "all"})
    assert SavedGuide.objects.of(reader).count() == 3


@pytest.mark.parametrize("wanted", ["", "none", "-1", "²", "9" * 30])
def test_other_words_are_refused(client: Client, reader: User, wanted: str) -> None:
    assert client.post(SAVED, {"put_back": wanted}).status_code == 400
    assert client.post(PROGRESS, {"put_back": wanted}).status_code == 400


def test_what_others_took_off_stays_theirs(client: Client, reader: User) -> None:
    other = create_user()
    guide = create_live_guide(title="Not mine")
    save(other, guide)
    marks.take_off(SavedGuide.objects.of(other))
    assert "Not mine" not in client.get(SAVED).text
    client.post(SAVED, {"put_back": "all"})
    client.post(SAVED, {"put_back": str(guide.pk)})
    assert not SavedGuide.objects.of(other).exists()


def test_after_a_day_it_is_neither_shown_nor_put_back(client: Client, reader: User) -> None:
    """Also where the worker has not purged it yet."""
    guide = create_live_guide(title="Queues")
    save(reader, guide)
    SavedGuide.objects.update(removed_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert "Queues" not in client.get(SAVED).text
    client.post(SAVED, {"put_back": "all"})
    assert not SavedGuide.objects.of(reader).exists()


def test_purge_forgets_it_after_a_day_and_nothing_else(reader: User) -> None:
    old, fresh, kept = (create_live_guide() for _ in range(3))
    save(reader, old, fresh, kept)
    read(reader, old, fresh, kept)
    now = timezone.now()
    for model in (SavedGuide, ReadGuide):
        model.objects.filter(article=old).update(removed_at=now - timedelta(hours=24))
        model.objects.filter(article=fresh).update(removed_at=now - timedelta(hours=23))
    assert retention.purge(now)["learning.taken-off"] == 2
    for model in (SavedGuide, ReadGuide):
        assert set(model.objects.values_list("article", flat=True)) == {fresh.pk, kept.pk}
    assert retention.purge(now)["learning.taken-off"] == 0


def test_table_of_retention_says_so() -> None:
    rows = {row.key: row for row in retention.table()}
    assert rows["learning.taken-off"].period == timedelta(hours=24)
    assert rows["learning.saved"].until
    assert rows["learning.read"].until
