"""Somebody leaves and takes the words along, from every stored copy; the thread keeps its shape."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.registries.holdings import CommentsChoice
from comments.models import (
    Appeal,
    Comment,
    Flag,
    ModerationAct,
    Notice,
    Rule,
    RuleHit,
    SpamModel,
    Thread,
)
from comments.personal import unlearning
from comments.reports import decide_notice
from comments.screening.learning import scorer_of, terms_of_comment, train
from comments.states import ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.leavers import (
    EMAIL,
    NAME,
    PUBLIC,
    SECRET,
    add_address,
    create_life,
    erase,
    forget_letters_to,
    rows_with,
    ties_to,
)
from comments.tests.letters import latest
from comments.tests.post import forget_mail, letters
from comments.tests.thread_html import thread_part
from mailing.models import Letter

pytestmark = pytest.mark.django_db

REMOVE = CommentsChoice.REMOVE
LEFT = "Somebody who left"


def test_no_table_holds_the_words_the_name_or_a_tie() -> None:
    life = create_life()
    notice = Notice.objects.get(comment=life.comments[State.APPROVED])
    decide_notice(notice, Notice.Outcome.REMOVED, user=life.moderator, statement=f"“{PUBLIC}”")
    Flag.objects.filter(comment=life.comments[State.APPROVED]).update(words=f"Says: {PUBLIC}")
    forget_letters_to(EMAIL)
    assert rows_with(PUBLIC)
    assert rows_with(SECRET)
    life.leave(REMOVE)
    assert rows_with(NAME, EMAIL, PUBLIC, SECRET) == []
    assert ties_to(life.user) == []


@pytest.mark.parametrize(
    "state", [State.UNCONFIRMED, State.PENDING, State.APPROVED, State.HIDDEN, State.REJECTED]
)
def test_words_of_each_state_go_with_a_row_of_the_log(state: State) -> None:
    user = create_reader()
    add_address(user, "as.guest@example.org")
    comment = create_comment(email="as.guest@example.org", text=SECRET, state=state)
    erase(user, REMOVE)
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.html) == (State.DELETED, "", "")
    assert (comment.name, comment.words_digest, comment.score) == (LEFT, "", None)
    assert (comment.signals, comment.score_words) == ([], [])
    act = latest(comment)
    assert (act.from_state, act.actor_kind, act.reason) == (
        state,
        ActorKind.AUTHOR,
        Reason.WRITER,
    )


def test_a_comment_that_was_deleted_before_loses_the_name() -> None:
    life = create_life()
    acts = life.comment(State.DELETED).acts.count()
    life.leave(REMOVE)
    comment = life.comment(State.DELETED)
    assert (comment.name, comment.acts.count()) == (LEFT, acts)


def test_answers_of_others_keep_their_place(client: Client) -> None:
    life = create_life()
    life.leave(REMOVE)
    part = thread_part(client.get(life.guide.get_absolute_url()).text)
    assert "Deleted by its writer." in part
    assert "Ours too." in part
    assert PUBLIC not in part
    assert NAME not in part
    assert Thread.objects.get(article=life.guide).comment_count == 2


def test_feeds_and_files_forget_it(client: Client, tmp_path: Path) -> None:
    life = create_life()
    address = "/feed/comments/"
    was = client.get(address)
    assert PUBLIC in was.text
    call_command("export_comments", folder=tmp_path)
    life.leave(REMOVE)
    now = client.get(address, headers={"if-none-match": was["ETag"]})
    assert now.status_code == 200
    assert PUBLIC not in now.text
    call_command("import_comments", folder=tmp_path)  # an old file brings nothing back
    assert not Comment.objects.filter(text=PUBLIC).exists()


def test_what_moderators_noted_in_the_log_goes_too() -> None:
    user = create_reader()
    Rule.objects.create(name="Queues", kind=Rule.Kind.PATTERN, value="queue to \\w+")
    comment = create_comment(user=user, text=PUBLIC, state=State.PENDING)
    held = latest(comment)
    assert "queue to PostgreSQL" in held.detail
    assert RuleHit.objects.filter(comment=comment).exists()
    erase(user, REMOVE)
    held.refresh_from_db()
    assert (held.detail, held.reason) == ("", Reason.RULE)
    assert not RuleHit.objects.exists()


def test_a_notice_that_waits_can_still_be_decided() -> None:
    life = create_life()
    life.leave(REMOVE)
    waits = Notice.objects.get(comment=life.comments[State.APPROVED])
    assert waits.explanation == "somebody who left breaks the law."
    decide_notice(waits, Notice.Outcome.REMOVED, user=life.moderator, statement="It is gone.")
    assert Notice.objects.get(pk=waits.pk).act is None


def test_a_letter_that_waits_is_taken_back_and_one_that_is_out_is_emptied() -> None:
    above = create_comment(user=create_reader(), wants_replies=True)
    user = create_reader()
    out = create_comment(parent=above, user=user, text=PUBLIC, by=create_moderator())
    Letter.objects.update(not_before=None, next_try_at="2026-01-01T00:00Z")
    forget_mail()
    late = create_comment(parent=above, user=user, text=PUBLIC, by=create_moderator())
    assert Letter.objects.filter(key=f"reply-{out.pk}", sent_at__isnull=False).exists()
    assert Letter.objects.waiting().filter(key=f"reply-{late.pk}").exists()
    erase(user, REMOVE)
    for comment in (out, late):
        letter = Letter.objects.get(key=f"reply-{comment.pk}")
        assert (letter.recipient, letter.text, letter.html) == ("", "", "")
    assert not Letter.objects.waiting().filter(key__startswith="reply").exists()


def test_nobody_is_told_of_answers_any_more() -> None:
    user = create_reader()
    above = create_comment(user=user, wants_replies=True)
    create_comment(parent=above, by=create_moderator())
    assert Letter.objects.waiting().filter(key__startswith="reply").exists()
    erase(user, REMOVE)
    assert not Letter.objects.waiting().filter(key__startswith="reply").exists()
    assert [letter for letter in letters() if "answered your comment" in letter.subject] == []


# What the spam score learned


def learned(user, mo) -> Comment:
    """Return a comment of which the score in use has learned, with two words of its own."""
    words = "We gave the zyzzyva a xylograph."
    for text in (f"{words} One.", f"{words} Two."):
        comment = create_comment(user=user, text=text, by=mo)
    others = [
        create_comment(text=f"Plain talk about queues and databases number {n}", by=mo)
        for n in range(2)
    ]
    spam = create_comment(text="Buy pills", state=State.REJECTED, by=mo, reason=Reason.SPAM)
    assert len(others) == 2
    assert spam.state == State.REJECTED
    return comment


@pytest.fixture
def low_bar(monkeypatch) -> None:
    monkeypatch.setattr("comments.screening.learning.LEAST", 1)


def test_the_score_forgets_what_only_these_comments_taught(low_bar: None) -> None:
    user, mo = create_reader(), create_moderator()
    learned(user, mo)
    model = train()
    assert "zyzzyva" in model.words
    erase(user, REMOVE)
    model.refresh_from_db()
    assert "zyzzyva" not in model.words
    assert "xylograph" not in model.words
    assert "queues" in model.words
    assert model.good_count == 2
    assert "zyzzyva" not in scorer_of(model.pk, model.digest).weights


def test_what_is_left_is_what_the_others_teach(low_bar: None) -> None:
    user, mo = create_reader(), create_moderator()
    learned(user, mo)
    model = train()
    erase(user, REMOVE)
    model.refresh_from_db()
    assert train().digest == model.digest


def test_earlier_models_are_deleted(low_bar: None) -> None:
    user, mo = create_reader(), create_moderator()
    learned(user, mo)
    SpamModel.objects.create(good_count=1, spam_count=1, words={"zyzzyva": [2, 0]}, digest="old")
    train()
    assert SpamModel.objects.count() == 2
    erase(user, REMOVE)
    assert SpamModel.objects.count() == 1


def test_words_that_stay_are_not_unlearned(low_bar: None) -> None:
    user, mo = create_reader(), create_moderator()
    learned(user, mo)
    model = train()
    erase(user, CommentsChoice.ANONYMISE)
    model.refresh_from_db()
    assert "zyzzyva" in model.words


def test_a_decision_after_the_last_learning_is_not_counted_down(low_bar: None) -> None:
    user, mo = create_reader(), create_moderator()
    learned(create_reader(), mo)
    model = train()
    late = create_comment(user=user, text="We gave the zyzzyva a hat.", by=mo)
    assert "zyzzyva" in terms_of_comment(late)
    assert len(unlearning.lessons_of([late.pk])) == 1
    before = model.words
    erase(user, REMOVE)
    model.refresh_from_db()
    assert model.words == before


def test_it_is_told_how_many_rows_were_touched() -> None:
    life = create_life()
    counts = life.leave(REMOVE)
    assert counts["comments"] == 5
    assert counts["rule hits"] == 5
    assert counts["reports"] == 2
    assert counts["appeals"] == 1
    assert counts["notices"] == 2
    assert counts["notes"] == 1
    assert counts["people who comment"] == 1
    assert not Appeal.objects.exclude(text="").exists()
    assert not ModerationAct.objects.exclude(statement="").exists()
