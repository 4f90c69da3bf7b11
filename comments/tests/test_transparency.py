"""The public figures: each equals a count of the log by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from comments import moderation
from comments.appeals import appeal, decide_appeal
from comments.counting import Waits, in_words, spans_before
from comments.identity import Visitor
from comments.models import Appeal, Comment, ModerationAct, Notice
from comments.moderation import READERS, SYSTEM, WRITER, decide
from comments.reports import decide_notice, file_notice
from comments.states import Action, Reason, State
from comments.tests.factories import create_moderator
from comments.tests.steps import received
from comments.transparency import COUNTED, Figures, figures

pytestmark = pytest.mark.django_db

# Far ahead, so that what factories do today lies before the twelve months.
NOW = datetime(2031, 11, 22, 12, tzinfo=UTC)
SPRING = datetime(2031, 4, 10, 9, tzinfo=UTC)
AUTUMN = datetime(2031, 10, 5, 9, tzinfo=UTC)
TOO_OLD = datetime(2030, 11, 30, 23, 59, tzinfo=UTC)
TOO_NEW = datetime(2031, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def mo():
    return create_moderator()


def told(*steps) -> Comment:
    """Return a comment that took these steps: (to, actor, reason, at)."""
    comment = received()
    for to, actor, reason, at in steps:
        decide(comment, to, actor=actor, reason=reason, at=at)
    return comment


def held(at: datetime, reason: Reason = Reason.FIRST_COMMENTS) -> Comment:
    return told((State.PENDING, SYSTEM, reason, at))


def public(at: datetime, reason: Reason = Reason.TRUSTED) -> Comment:
    return told((State.APPROVED, SYSTEM, reason, at))


def decided(comment: Comment, to: State, at: datetime, mo, reason=Reason.SPAM) -> ModerationAct:
    reason = Reason.FITS if to == State.APPROVED else reason
    return decide(comment, to, actor=moderation.moderator(mo), reason=reason, at=at)


def line(found: Figures, key: str) -> list[int]:
    return found.by_key[key].counts


# Time


def test_the_twelve_months_are_four_spans_of_three() -> None:
    spans = spans_before(NOW)
    edges = [(2030, 12), (2031, 3), (2031, 6), (2031, 9)]
    assert [(span.start.year, span.start.month) for span in spans] == edges
    assert spans[-1].end == TOO_NEW
    assert spans[-1].last_day.day == 30
    january = spans_before(datetime(2032, 1, 1, tzinfo=UTC))
    assert january[0].start == datetime(2031, 2, 1, tzinfo=UTC)
    assert january[-1].end == datetime(2032, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"seconds": 20}, "less than a minute"),
        ({"seconds": 60}, "1 minute"),
        ({"minutes": 59, "seconds": 50}, "1 hour"),
        ({"hours": 3, "minutes": 20}, "3 hours 20 minutes"),
        ({"hours": 47}, "47 hours"),
        ({"hours": 48}, "2 days"),
        ({"days": 3, "hours": 1}, "3 days 1 hour"),
    ],
)
def test_times_are_said_as_people_say_them(span, words) -> None:
    assert in_words(timedelta(**span)) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], ""),
        ([1, 2, 3, 4], ""),
        ([9, 1, 5, 2, 3], "3 hours"),
        ([1, 2, 3, 4, 5, 6], "3 hours 30 minutes"),
    ],
)
def test_the_median_of_few_is_not_told(hours, words) -> None:
    waits = Waits.of([(AUTUMN, AUTUMN + number * HOUR) for number in hours])
    assert (waits.count, waits.words) == (len(hours), words)


# Counts


def test_each_figure_is_what_a_hand_counts(mo) -> None:
    ida = create_moderator()
    decided(held(SPRING), State.APPROVED, SPRING + HOUR, mo)
    decided(held(SPRING), State.REJECTED, AUTUMN, mo)
    public(AUTUMN)
    removed = public(AUTUMN, Reason.OPEN_MODE)
    decided(removed, State.REJECTED, AUTUMN, mo, Reason.ABUSE)
    hidden = public(AUTUMN)
    decide(hidden, State.HIDDEN, actor=READERS, reason=Reason.REPORTED, at=AUTUMN)
    decided(hidden, State.APPROVED, AUTUMN, mo)
    told(
        (State.UNCONFIRMED, SYSTEM, Reason.CONFIRM_ADDRESS, SPRING),
        (State.DELETED, SYSTEM, Reason.NEVER_CONFIRMED, AUTUMN),
    )
    told(
        (State.UNCONFIRMED, SYSTEM, Reason.CONFIRM_ADDRESS, AUTUMN),
        (State.APPROVED, SYSTEM, Reason.TRUSTED, AUTUMN),
        (State.DELETED, WRITER, Reason.WRITER, AUTUMN),
    )
    overruled = held(AUTUMN, Reason.RULE)
    decided(overruled, State.REJECTED, AUTUMN, mo)
    decided(overruled, State.APPROVED, AUTUMN, ida)
    found = figures(NOW)
    counts = {key: line(found, key) for key, _, _ in COUNTED}
    assert counts == {
        "received": [0, 3, 0, 5],
        "unconfirmed": [0, 0, 0, 1],
        "at_once": [0, 0, 0, 4],
        "held": [0, 2, 0, 1],
        "approved": [0, 1, 0, 2],
        "rejected": [0, 0, 0, 3],
        "removed": [0, 0, 0, 1],
        "hidden": [0, 0, 0, 1],
        "restored": [0, 0, 0, 1],
        "deleted": [0, 0, 0, 1],
        "restricted": [0, 0, 0, 0],
    }
    assert found.by_key["received"].total == 8
    assert found.held == [(Reason.FIRST_COMMENTS, 2), (Reason.RULE, 1)]


def test_what_lies_outside_the_months_does_not_count() -> None:
    for at in (TOO_OLD, TOO_NEW):
        held(at)
        public(at)
    found = figures(NOW)
    assert not any(any(one.counts) for one in found.lines)
    for edge in (TOO_OLD + timedelta(minutes=1), TOO_NEW - timedelta(microseconds=1)):
        held(edge)
    assert line(figures(NOW), "received") == [1, 0, 0, 1]


def test_what_was_taken_back_does_not_count(mo) -> None:
    comment = held(AUTUMN)
    act = decided(comment, State.REJECTED, AUTUMN, mo)
    moderation.undo(act, user=mo)  # today, outside the months; what it undoes lies inside
    found = figures(NOW)
    assert line(found, "rejected") == [0] * 4
    assert found.first_decision.count == 0


def test_imports_do_not_count() -> None:
    public(AUTUMN, Reason.IMPORTED)
    found = figures(NOW)
    assert line(found, "received") == line(found, "at_once") == [0] * 4


def test_restrictions_are_counted(mo) -> None:
    person = received().author
    for action in (Action.HOLD_ALWAYS, Action.BAN, Action.LIFT):
        moderation.restrict(person, action, user=mo, reason=Reason.ABUSE)
    now = ModerationAct.objects.latest("pk").at
    assert line(figures(now), "restricted")[-1] == 2


# Waiting


def test_the_wait_runs_from_the_hold_to_the_first_decision_that_stands(mo) -> None:
    for hours in (1, 2, 3, 10):
        decided(held(SPRING), State.APPROVED, SPRING + hours * HOUR, mo)
    confirmed_late = told(
        (State.UNCONFIRMED, SYSTEM, Reason.CONFIRM_ADDRESS, SPRING - 100 * HOUR),
        (State.PENDING, SYSTEM, Reason.FIRST_COMMENTS, SPRING),
    )
    decided(confirmed_late, State.REJECTED, SPRING + 4 * HOUR, mo)
    decided(confirmed_late, State.APPROVED, SPRING + 90 * HOUR, create_moderator())  # a second one
    at_once = public(SPRING)
    decided(at_once, State.REJECTED, SPRING + 500 * HOUR, mo)  # it never waited
    held(SPRING)  # nobody has decided
    found = figures(NOW).first_decision
    assert (found.count, found.words) == (5, "3 hours")


def test_waiting_now_is_counted(mo) -> None:
    assert (figures(NOW).waiting, figures(NOW).waiting_since) == (0, None)
    first, second, third = held(SPRING), held(AUTUMN), public(AUTUMN)
    decide(third, State.HIDDEN, actor=READERS, reason=Reason.REPORTED, at=AUTUMN)
    decided(second, State.APPROVED, AUTUMN, mo)
    found = figures(NOW)
    assert (found.waiting, found.waiting_since) == (2, first.created_at)


# Programs


def test_how_often_programs_were_wrong(mo) -> None:
    for number in range(6):
        to = State.APPROVED if number < 2 else State.REJECTED
        decided(held(AUTUMN, Reason.SCORE), to, AUTUMN, mo)
    held(AUTUMN, Reason.SCORE)
    decided(held(AUTUMN, Reason.RULE), State.APPROVED, AUTUMN, mo)
    held(AUTUMN, Reason.ALL_HELD)
    judged = {found.reason: found for found in figures(NOW).programs}
    assert set(judged) == {Reason.SCORE, Reason.RULE}
    score, rule = judged[Reason.SCORE], judged[Reason.RULE]
    assert (score.held, score.decided, score.approved, score.is_telling) == (7, 6, 2, True)
    assert (rule.held, rule.decided, rule.is_telling) == (1, 1, False)


# Reasons


def test_reasons_are_told_from_five_rejections_on(mo) -> None:
    for reason in (Reason.SPAM, Reason.SPAM, Reason.ABUSE, Reason.SPAM):
        decided(held(AUTUMN), State.REJECTED, AUTUMN, mo, reason)
    assert figures(NOW).rejected == {}
    decided(held(SPRING), State.REJECTED, SPRING, mo, Reason.REPEATED)
    assert figures(NOW).rejected == {Reason.SPAM: 3, Reason.ABUSE: 1, Reason.REPEATED: 1}


# Appeals and notices


def test_appeals_are_counted_when_they_come_and_when_they_are_decided(mo) -> None:
    outcomes = [Appeal.Outcome.REVERSED, Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED, None]
    for outcome in outcomes:
        act = moderation.reject(held(SPRING), user=mo, reason=Reason.SPAM)
        made = appeal(act, "No.")
        Appeal.objects.filter(pk=made.pk).update(created_at=SPRING)
        if outcome:
            decide_appeal(made, outcome, user=create_moderator(), statement="Why.")
            Appeal.objects.filter(pk=made.pk).update(decided_at=AUTUMN)
    found = figures(NOW)
    assert line(found, "appeals") == [0, 4, 0, 0]
    assert line(found, "appeals_decided") == [0, 0, 0, 3]
    assert line(found, "reversed") == [0, 0, 0, 2]
    assert (found.appeals.count, found.appeals.words) == (3, "")


def test_notices_are_counted_when_they_come_and_when_they_are_decided(mo) -> None:
    for number in range(6):
        made = file_notice(
            address="/x/", explanation=str(number), visitor=Visitor(), network=f"n{number}"
        )
        outcome = Notice.Outcome.REMOVED if number == 0 else Notice.Outcome.KEPT
        decide_notice(made, outcome, user=mo, statement="Why.")
        Notice.objects.filter(pk=made.pk).update(
            created_at=SPRING, decided_at=SPRING + (number + 1) * HOUR
        )
    Notice.objects.filter(explanation="5").update(created_at=TOO_OLD, decided_at=TOO_OLD)
    found = figures(NOW)
    assert line(found, "notices") == line(found, "notices_decided") == [0, 5, 0, 0]
    assert line(found, "taken_down") == [0, 1, 0, 0]
    assert found.notices.words == "3 hours"


def test_the_queries_are_seven_however_much_there_is(mo, django_assert_num_queries) -> None:
    with django_assert_num_queries(7):
        figures(NOW)
    for _ in range(6):
        decided(held(AUTUMN, Reason.RULE), State.REJECTED, AUTUMN, mo)
    with django_assert_num_queries(7):
        figures(NOW)
