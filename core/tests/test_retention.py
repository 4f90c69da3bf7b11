"""The table of what is kept: how it reads, and how the purge carries it out."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from core import retention
from core.retention import DAY, Keeping

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    """Begin with an empty table."""
    monkeypatch.setattr(retention, "_keepings", {})


def keep(key="a", purge=lambda now: 1, **fields):
    values = {"what": "Crumbs", "why": "For birds.", "period": DAY, "since": "breakfast"}
    row = Keeping(key=key, purge=purge, **{**values, **fields})
    retention.register(row)
    return row


def make_group(now):
    Group.objects.create(name="made by a purge")
    return 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"period": DAY}, "1 day after breakfast"),
        ({"period": 7 * DAY}, "7 days after breakfast"),
        ({"period": timedelta(hours=24)}, "1 day after breakfast"),
        ({"period": timedelta(hours=36)}, "36 hours after breakfast"),
        ({"period": DAY, "since": ""}, "1 day"),
        ({"period": None, "until": "you leave", "purge": None}, "Until you leave"),
    ],
)
def test_time_in_words(fields, words):
    assert keep(**fields).how_long == words


@pytest.mark.parametrize("fields", [{"until": "you leave"}, {"period": None}])
def test_either_a_period_or_an_event(fields):
    with pytest.raises(ValueError, match="either a period or the event"):
        keep(**fields)


def test_period_that_nobody_carries_out_is_refused():
    with pytest.raises(ValueError, match="carries it out"):
        keep(purge=None)


def test_rows_stand_app_by_app_in_the_order_of_registration_and_once():
    for key in ("b.two", "b.one", "a.one", "b.two"):
        keep(key)

    assert [row.key for row in retention.table()] == ["a.one", "b.two", "b.one"]


@pytest.mark.parametrize(
    "fields", [{"what": "x"}, {"why": "x"}, {"period": 2 * DAY}, {"since": "tea"}]
)
def test_digest_changes_with_every_word(fields):
    keep()
    before = retention.digest()

    keep(**fields)

    assert retention.digest() != before
    assert len(before) == 16


def test_digest_does_not_change_with_the_way_of_deleting():
    keep()
    before = retention.digest()

    keep(purge=lambda now: 9)

    assert retention.digest() == before


@pytest.mark.django_db
def test_purge_counts_by_key_and_gives_the_moment():
    seen = []

    def note(now):
        seen.append(now)
        return 4

    keep("a", note)
    keep("b", None, period=None, until="you leave")

    assert retention.purge(NOW) == {"a": 4}
    assert seen == [NOW]


@pytest.mark.django_db
def test_one_that_fails_does_not_keep_the_others_from_being_forgotten(caplog):
    def fail(now):
        raise ValueError("private.person@example.org")

    keep("a", fail)
    keep("b")

    assert retention.purge(NOW) == {"a": None, "b": 1}
    assert "a was not purged: ValueError" in caplog.text
    assert "private.person" not in caplog.text


@pytest.mark.django_db
def test_dry_run_counts_and_changes_nothing():
    keep("a", make_group)
    keep("b", is_in_database=False)

    assert retention.purge(NOW, dry_run=True) == {"a": 3}
    assert not Group.objects.filter(name="made by a purge").exists()

    assert retention.purge(NOW) == {"a": 3, "b": 1}
    assert Group.objects.filter(name="made by a purge").exists()


@pytest.mark.django_db
def test_command_says_what_was_forgotten():
    keep("a", make_group)
    keep("b", is_in_database=False)
    keep("c", None, period=None, until="you leave")

    dry = told(dry_run=True)
    assert not Group.objects.filter(name="made by a purge").exists()
    real = told()

    assert dry == ["       3  a: 1 day after breakfast", "not told  b: 1 day after breakfast"]
    assert real == ["       3  a: 1 day after breakfast", "       1  b: 1 day after breakfast"]


@pytest.mark.django_db
def test_command_fails_aloud():
    keep("a", lambda now: 1 // 0)

    with pytest.raises(CommandError, match="Not purged, see the log: a"):
        told()


def told(**options):
    out = StringIO()
    call_command("purge", stdout=out, **options)
    return out.getvalue().splitlines()
