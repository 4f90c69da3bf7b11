"""Reports of comments: what is stored, what it weighs, and when a comment is hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation, reports
from comments.admission import Refused
from comments.identity import Visitor
from comments.models import Comment, Commenter, Flag, Policy
from comments.moderation import WRITER, decide
from comments.posting import edit
from comments.states import REJECTIONS, Action, ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


@pytest.fixture(autouse=True)
def policy(db, settings) -> Policy:
    settings.COMMENT_LIMITS = {"comment": (), "flag": ()}
    return set_policy(approvals_to_post=1, approvals_to_weigh=1, reports_to_hide=3)


@pytest.fixture
def mo():
    return create_moderator()


def trusted() -> Visitor:
    """Return a reader whose reports carry weight."""
    return Visitor(create_comment(user=create_reader()).author.user)


def flag(comment: Comment, visitor: Visitor | None = None, **more) -> Flag:
    more = {"network": "198.51.100.7", "reason": Reason.ABUSE, **more}
    return reports.flag(comment, visitor=visitor or Visitor(), **more)


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


# What is stored


@pytest.mark.parametrize("reason", REJECTIONS)
def test_a_report_is_stored_with_its_reason_and_words(reason) -> None:
    comment = create_comment()
    made = flag(comment, reason=reason, words="  ‘Rude’ — وقح ")
    assert (made.comment, made.reason, made.words) == (comment, reason, "‘Rude’ — وقح")
    assert (made.reporter, made.weight, made.resolved_by) == (None, 0, None)
    assert state_of(comment) == State.APPROVED


def test_who_reported_is_kept_as_a_hash_that_links_nothing() -> None:
    first, second = (flag(create_comment(), network="203.0.113.9") for _ in range(2))
    for made in (first, second):
        assert "203.0.113.9" not in made.reporter_key
        assert len(made.reporter_key) == 64
    assert first.reporter_key != second.reporter_key


@pytest.mark.parametrize("state", sorted(set(State) - {State.APPROVED, State.RECEIVED}))
def test_only_public_comments_are_reported(state) -> None:
    with pytest.raises(Refused) as refused:
        flag(create_comment(state=state))
    assert refused.value.code == "gone"


def test_comments_of_a_withdrawn_guide_are_not_reported() -> None:
    comment = create_comment()
    article = comment.thread.article
    article.__class__.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(Refused):
        flag(comment)


def test_nobody_reports_their_own_comment() -> None:
    rana = create_reader()
    by_account = create_comment(user=rana)
    by_browser = create_comment(browser="b" * 32)
    confirmed_elsewhere = create_comment()
    for comment, visitor in (
        (by_account, Visitor(rana)),
        (by_browser, Visitor(browser="b" * 32)),
        (confirmed_elsewhere, Visitor(confirmed=[confirmed_elsewhere.author.pk])),
    ):
        with pytest.raises(Refused) as refused:
            flag(comment, visitor)
        assert refused.value.code == "own"
    assert not Flag.objects.exists()


def test_each_reader_reports_once() -> None:
    comment, rana = create_comment(), Visitor(create_reader())
    for visitor in (rana, Visitor()):
        made = flag(comment, visitor, words="Rude")
        assert flag(comment, visitor, words="Rude ") == made  # a double click
        with pytest.raises(Refused) as refused:
            flag(comment, visitor, words="Really rude")
        assert refused.value.code == "reported"
    assert Flag.objects.filter(comment=comment).count() == 2


def test_a_network_reports_once_however_many_browsers_are_in_it() -> None:
    comment = create_comment()
    flag(comment, Visitor(browser="a" * 32))
    with pytest.raises(Refused):
        flag(comment, Visitor(browser="c" * 32), reason=Reason.SPAM)


def test_reports_are_limited(settings) -> None:
    del settings.COMMENT_LIMITS["flag"]
    comments = [create_comment() for _ in range(11)]
    for comment in comments[:10]:
        flag(comment)
    with pytest.raises(Refused) as refused:
        flag(comments[10])
    assert refused.value.code == "limit"
    assert refused.value.wait > timedelta(minutes=50)
    flag(comments[10], network="198.51.100.8")
    assert Flag.objects.count() == 11


# What it weighs


def test_weight_is_earned() -> None:
    new = Visitor(create_reader())
    assert flag(create_comment(), new).weight == 0
    assert flag(create_comment(), trusted()).weight == 1


def test_a_guest_has_the_weight_of_a_confirmed_address() -> None:
    guest = create_comment().author
    visitor = Visitor(browser="b" * 32, confirmed=[guest.pk])
    comment = create_comment()
    made = flag(comment, visitor)
    assert (made.weight, made.reporter) == (1, guest)
    with pytest.raises(Refused):  # from another network it is still the same person
        flag(comment, visitor, network="198.51.100.99", words="Again")


@pytest.mark.parametrize(
    "fields",
    [
        {"always_hold": True},
        {"banned_at": timezone.now()},
        {"suspended_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_reports_of_restricted_people_weigh_nothing(fields) -> None:
    visitor = trusted()
    Commenter.objects.filter(user=visitor.user).update(**fields)
    assert flag(create_comment(), visitor).weight == 0


# When it hides


def test_enough_weight_hides_a_comment_until_a_moderator_looks(mo) -> None:
    comment = create_comment()
    readers = [trusted() for _ in range(3)]
    for visitor in readers[:2]:
        flag(comment, visitor)
        assert state_of(comment) == State.APPROVED
    flag(comment, Visitor(), network="203.0.113.1", reason=Reason.SPAM)
    assert state_of(comment) == State.APPROVED
    flag(comment, readers[2])
    assert state_of(comment) == State.HIDDEN
    act = comment.acts.newest_first()[0]
    assert (act.actor_kind, act.actor, act.reason) == (ActorKind.READERS, None, Reason.REPORTED)
    assert act.detail == "4 reports: abuse (3), spam (1)"

    decision = moderation.approve(comment, user=mo)
    assert set(comment.flags.values_list("resolved_by", flat=True)) == {decision.pk}


@pytest.mark.parametrize("threshold", [1, 2, 4])
def test_the_threshold_is_the_policys(threshold) -> None:
    set_policy(reports_to_hide=threshold)
    comment = create_comment()
    readers = [trusted() for _ in range(threshold)]
    for visitor in readers:
        assert state_of(comment) == State.APPROVED
        flag(comment, visitor)
    assert state_of(comment) == State.HIDDEN


def test_a_flood_of_reports_without_weight_hides_nothing() -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment()
    for number in range(40):
        flag(comment, Visitor(), network=f"2001:db8:{number:x}::/64")
    assert Flag.objects.filter(comment=comment).count() == 40
    assert state_of(comment) == State.APPROVED


def test_readers_hide_no_comment_of_the_editors(mo) -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment(user=mo)
    flag(comment, trusted())
    assert state_of(comment) == State.APPROVED
    assert comment.flags.filter(resolved_by=None).count() == 1


@pytest.mark.parametrize("how", ["keep", "approve"])
def test_what_a_moderator_kept_is_reported_and_not_hidden_again(how, mo) -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment(by=mo)
    if how == "approve":
        flag(comment, trusted())
        moderation.approve(comment, user=mo)
    else:
        flag(comment)
        moderation.keep(comment, user=mo)
    flag(comment, trusted())
    assert state_of(comment) == State.APPROVED
    assert comment.flags.filter(resolved_by=None).count() == 1


def test_a_first_approval_is_no_answer_to_reports(mo) -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment(by=mo)  # read before it was public, without knowing of reports
    flag(comment, trusted())
    assert state_of(comment) == State.HIDDEN


def test_what_a_moderator_kept_is_another_thing_once_its_words_changed(mo) -> None:
    reader = trusted()
    set_policy(reports_to_hide=1, mode="none")
    comment = create_comment()
    flag(comment)
    moderation.keep(comment, user=mo)
    edit(comment, "Worse words")
    flag(comment, reader)
    assert state_of(comment) == State.HIDDEN


def test_keeping_that_was_taken_back_protects_no_more(mo) -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment(by=mo)
    flag(comment, trusted())
    act = moderation.approve(comment, user=mo)
    moderation.undo(act, user=mo)
    assert state_of(comment) == State.HIDDEN
    assert comment.flags.filter(resolved_by=None).count() == 1  # they wait again


# Answering them


def test_keeping_answers_the_reports_and_changes_no_state(mo) -> None:
    comment = create_comment()
    with pytest.raises(moderation.DecisionError, match="no open report"):
        moderation.keep(comment, user=mo)
    flag(comment)
    act = moderation.keep(comment, user=mo)
    assert (act.action, act.actor, act.reason) == (Action.KEEP, mo, Reason.FITS)
    assert state_of(comment) == State.APPROVED
    assert not comment.flags.filter(resolved_by=None).exists()


def test_undo_opens_the_reports_again_and_answers_none(mo) -> None:
    set_policy(reports_to_hide=1)
    comment = create_comment()
    first = flag(comment, trusted())
    act = moderation.approve(comment, user=mo)
    second = flag(comment)
    moderation.undo(act, user=mo)
    assert state_of(comment) == State.HIDDEN
    assert set(comment.flags.filter(resolved_by=None)) == {first, second}


def test_deleting_answers_the_reports() -> None:
    comment = create_comment()
    flag(comment)
    act = decide(comment, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert comment.flags.get().resolved_by == act


def test_old_reports_lose_their_tie_to_a_network() -> None:
    old, fresh, known = flag(create_comment()), flag(create_comment()), None
    known = flag(create_comment(), Visitor(create_reader()))
    long_ago = timezone.now() - timedelta(days=31)
    Flag.objects.filter(pk__in=[old.pk, known.pk]).update(created_at=long_ago)
    assert reports.forget_networks(timezone.now()) == 1
    keys = dict(Flag.objects.values_list("pk", "reporter_key"))
    assert keys[old.pk] != old.reporter_key
    assert (keys[fresh.pk], keys[known.pk]) == (fresh.reporter_key, known.reporter_key)
    assert reports.forget_networks(timezone.now()) == 0
