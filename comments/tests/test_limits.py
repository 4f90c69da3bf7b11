"""How often: the edges of each limit, several at once, and who shares one."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest

from comments import limits
from comments.limits import LIMITS, Limit, forget_old, take
from comments.models import Attempt
from core.client import keyed_hash

START = datetime(2030, 1, 1, 12, tzinfo=UTC)
ADA, BOB = keyed_hash("ada", purpose="limit"), keyed_hash("bob", purpose="limit")

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with mock.patch("comments.limits.timezone.now", return_value=START) as now:

        def move(**span: float) -> None:
            now.return_value += timedelta(**span)

        yield move


@pytest.fixture
def two_in_a_minute(settings) -> None:
    settings.COMMENT_LIMITS = {"comment": (Limit(2, timedelta(minutes=1)),)}


def test_as_many_as_the_limit_says_and_no_more(clock, two_in_a_minute) -> None:
    assert take("comment", ADA) is None
    clock(seconds=20)
    assert take("comment", ADA) is None
    assert take("comment", ADA) == timedelta(seconds=40)


def test_the_window_slides(clock, two_in_a_minute) -> None:
    take("comment", ADA)
    clock(seconds=20)
    take("comment", ADA)
    clock(seconds=39, milliseconds=999)
    assert take("comment", ADA) == timedelta(milliseconds=1)
    clock(milliseconds=1)
    assert take("comment", ADA) is None  # the first one has left the window
    assert take("comment", ADA) == timedelta(seconds=20)  # the second has not


def test_a_refused_try_costs_nothing(clock, two_in_a_minute) -> None:
    for _ in range(2):
        take("comment", ADA)
    for _ in range(50):
        assert take("comment", ADA) is not None
    assert Attempt.objects.count() == 2
    clock(minutes=1)
    assert take("comment", ADA) is None


def test_people_and_actions_are_counted_apart(clock, settings) -> None:
    once = (Limit(1, timedelta(minutes=1)),)
    settings.COMMENT_LIMITS = {"comment": once, "flag": once}
    assert take("comment", ADA) is None
    assert take("comment", BOB) is None
    assert take("flag", ADA) is None
    assert take("comment", ADA) is not None


def test_the_longest_wait_is_told(clock, settings) -> None:
    settings.COMMENT_LIMITS = {
        "comment": (Limit(1, timedelta(minutes=5)), Limit(2, timedelta(days=1)))
    }
    take("comment", ADA)
    clock(hours=1)
    take("comment", ADA)
    assert take("comment", ADA) == timedelta(hours=23)


def test_every_limit_of_the_site_holds(clock) -> None:
    for action, of_action in LIMITS.items():
        most = min(limit.most for limit in of_action)
        taken = [take(action, ADA) for _ in range(most + 1)]
        assert taken[:-1] == [None] * most
        assert taken[-1] is not None


def test_settings_loosen_single_actions(settings) -> None:
    settings.COMMENT_LIMITS = {"comment": (Limit(99, timedelta(minutes=1)),)}
    assert limits.limits_of("comment")[0].most == 99
    assert limits.limits_of("flag") == LIMITS["flag"]


def test_rows_are_forgotten_after_a_day(clock) -> None:
    take("comment", ADA)
    clock(hours=23)
    take("comment", BOB)
    assert forget_old() == 0
    clock(hours=2)
    assert forget_old() == 1
    assert Attempt.objects.get().key == BOB


def test_no_limit_looks_further_back_than_rows_are_kept() -> None:
    spans = [limit.within for of_action in LIMITS.values() for limit in of_action]
    assert max(spans) <= limits.KEPT
