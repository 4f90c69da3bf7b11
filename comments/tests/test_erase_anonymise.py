"""Somebody leaves and lets the words stay: no name, no tie, no trace."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.registries.holdings import CommentsChoice
from comments.models import Appeal, Comment, Commenter, Flag, ModerationAct, Note, Notice
from comments.moderation import DecisionError, approve, restrict
from comments.reports import decide_notice
from comments.states import Action, ActorKind, Reason, State
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
from mailing.models import Letter

pytestmark = pytest.mark.django_db

ANONYMISE = CommentsChoice.ANONYMISE
LEFT = "Somebody who left"


def test_no_table_names_the_person_or_is_tied_to_the_account() -> None:
    life = create_life()
    forget_letters_to(EMAIL)
    assert rows_with(NAME, EMAIL)
    assert ties_to(life.user)
    life.leave(ANONYMISE)
    assert rows_with(NAME, EMAIL) == []
    assert ties_to(life.user) == []


def test_public_words_stay_and_nobody_wrote_them() -> None:
    life = create_life()
    was = life.comment(State.APPROVED)
    life.leave(ANONYMISE)
    comment = life.comment(State.APPROVED)
    assert (comment.name, comment.text, comment.state) == (LEFT, PUBLIC, State.APPROVED)
    assert (comment.html, comment.published_at) == (was.html, was.published_at)
    assert was.address_hash
    assert comment.address_hash == comment.browser == ""
    assert (comment.address_until, comment.confirmed_at) == (None, None)
    assert comment.wants_replies is False


def test_nothing_ties_comments_of_one_person_together() -> None:
    life = create_life()
    other = create_comment(user=life.other)
    life.leave(ANONYMISE)
    erase(life.other, ANONYMISE)
    nobody = Commenter.who_left()
    assert life.comment(State.APPROVED).author == nobody
    assert life.comment(State.PENDING).author == nobody
    assert Comment.objects.get(pk=other.pk).author == nobody
    assert Commenter.objects.filter(stands_for_leavers=True).count() == 1


def test_words_that_wait_for_a_moderator_can_still_become_public() -> None:
    life = create_life()
    life.leave(ANONYMISE)
    forget_mail()
    for state in (State.PENDING, State.HIDDEN):
        comment = life.comment(state)
        assert SECRET in comment.text
        approve(comment, user=life.moderator)
        assert comment.is_public
    assert letters() == []


@pytest.mark.parametrize("state", [State.REJECTED, State.UNCONFIRMED])
def test_words_that_nobody_will_ever_read_go(state: State) -> None:
    user = create_reader()
    add_address(user, "as.guest@example.org")
    comment = create_comment(email="as.guest@example.org", text=SECRET, state=state)
    erase(user, ANONYMISE)
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.html) == (State.DELETED, "", "")
    assert comment.name == LEFT
    assert (latest(comment).actor_kind, latest(comment).reason) == (
        ActorKind.AUTHOR,
        Reason.WRITER,
    )


def test_own_name_and_address_go_from_the_words_too() -> None:
    user = create_reader(name=NAME, email=EMAIL)
    text = f"Ask me, {EMAIL.upper()}.\n\nCheers, *{NAME}*"
    comment = create_comment(user=user, text=text)
    erase(user, ANONYMISE)
    comment.refresh_from_db()
    assert comment.text == "Ask me, somebody who left.\n\nCheers, *somebody who left*"
    assert "<em>somebody who left</em>" in comment.html


def test_a_confirmed_address_brings_what_was_written_as_a_guest() -> None:
    user = create_reader()
    add_address(user, "rana.two@example.org")
    comment = create_comment(email="rana.two@example.org", name="R. Two", browser="b" * 32)
    erase(user, ANONYMISE)
    comment.refresh_from_db()
    assert (comment.name, comment.browser) == (LEFT, "")
    forget_letters_to("rana.two@example.org")
    assert rows_with("rana.two@example.org", "R. Two") == []


def test_an_address_that_was_never_confirmed_claims_nothing() -> None:
    user = create_reader()
    add_address(user, "gus@example.org", verified=False)
    comment = create_comment(email="gus@example.org", name="Gus Guest")
    erase(user, ANONYMISE)
    comment.refresh_from_db()
    assert (comment.name, comment.author.guest_email) == ("Gus Guest", "gus@example.org")


def test_what_was_said_to_the_person_and_noted_about_them_goes() -> None:
    life = create_life()
    acts = [act.pk for act in ModerationAct.objects.exclude(statement="")]
    assert len(acts) == 4
    life.leave(ANONYMISE)
    told = ModerationAct.objects.filter(pk__in=acts)
    assert {act.statement for act in told} == {""}
    assert {act.reason for act in told} == {Reason.FITS, Reason.OTHER, Reason.ABUSE}
    assert not Note.objects.exists()
    answered = Appeal.objects.get()
    assert (answered.text, answered.outcome) == ("", Appeal.Outcome.UPHELD)
    assert answered.statement == "The writer has left since, and these words with them."


def test_an_appeal_that_waits_is_withdrawn() -> None:
    life = create_life()
    Appeal.objects.update(outcome="", statement="", decided_by=None, decided_at=None)
    life.leave(ANONYMISE)
    assert not Appeal.objects.exists()


def test_reports_stay_as_bare_facts() -> None:
    life = create_life()
    life.leave(ANONYMISE)
    made = Flag.objects.get(comment__author__user=life.other)
    assert (made.reporter, made.words, made.reason) == (None, "", Reason.SPAM)
    assert made.reporter_key.startswith("gone ")
    about = Flag.objects.get(comment=life.comments[State.APPROVED])
    assert about.words == "somebody who left sells something"
    assert about.reporter.user == life.other


def test_notices_can_still_be_decided_without_saying_who_sent_them() -> None:
    life = create_life()
    life.leave(ANONYMISE)
    sent, about = Notice.objects.order_by("pk")
    assert (sent.name, sent.email) == ("", "")
    assert sent.explanation == "I am somebody who left and it defames me."
    assert about.explanation == "somebody who left breaks the law."
    forget_mail()
    decide_notice(sent, Notice.Outcome.KEPT, user=life.moderator, statement="It does not.")
    assert letters() == []


def test_restrictions_leave_a_number_that_is_nobody() -> None:
    life = create_life()
    pk = life.user.commenter.pk
    life.leave(ANONYMISE)
    left = Commenter.objects.get(pk=pk)
    assert (left.user, left.guest_email, left.banned_at) == (None, "", None)
    assert not left.is_suspended()
    assert not left.comments.exists()
    assert set(left.acts.values_list("action", flat=True)) == {Action.SUSPEND, Action.BAN}


def test_the_row_of_those_who_left_cannot_be_restricted() -> None:
    with pytest.raises(DecisionError, match="left"):
        restrict(Commenter.who_left(), Action.BAN, user=create_moderator(), reason=Reason.SPAM)


def test_a_letter_that_waits_names_nobody_and_one_that_is_out_is_emptied() -> None:
    above = create_comment(user=create_reader(), wants_replies=True)
    user = create_reader(name="Al B")  # too short to be searched for
    out = create_comment(parent=above, user=user, by=create_moderator())
    forget_mail()
    late = create_comment(parent=above, user=user, by=create_moderator())
    erase(user, ANONYMISE)
    sent = Letter.objects.get(key=f"reply-{out.pk}")
    assert (sent.recipient, sent.text, sent.html) == ("", "", "")
    waits = Letter.objects.get(key=f"reply-{late.pk}")
    assert LEFT in waits.text
    assert "Al B" not in waits.subject + waits.text + waits.html


def test_pages_feeds_and_files_name_nobody(client: Client, tmp_path: Path) -> None:
    life = create_life()
    page, feed = life.guide.get_absolute_url(), "/feed/comments/"
    before = {address: client.get(address) for address in (page, feed)}
    assert all(NAME in response.text for response in before.values())
    call_command("export_comments", folder=tmp_path)
    life.leave(ANONYMISE)
    for address, was in before.items():
        now = client.get(address, headers={"if-none-match": was.get("ETag", '"x"')})
        assert now.status_code == 200
        assert PUBLIC in now.text
        assert LEFT in now.text
        assert NAME not in now.text
    call_command("export_comments", folder=tmp_path)
    (file,) = tmp_path.iterdir()
    assert LEFT in file.read_text()
    assert NAME not in file.read_text()


def test_an_old_file_does_not_bring_the_name_back(tmp_path: Path) -> None:
    life = create_life()
    call_command("export_comments", folder=tmp_path)
    count = Comment.objects.count()
    life.leave(ANONYMISE)
    call_command("import_comments", folder=tmp_path)
    assert Comment.objects.count() == count
    assert not Comment.objects.filter(name=NAME).exists()


def test_a_second_time_there_is_nothing_left_to_do() -> None:
    life = create_life()
    assert erase(life.user, ANONYMISE)
    assert erase(life.user, ANONYMISE) == {}


def test_another_person_is_not_touched() -> None:
    life = create_life()
    theirs = list(Comment.objects.filter(author__user=life.other).order_by("pk").values())
    life.leave(ANONYMISE)
    assert list(Comment.objects.filter(author__user=life.other).order_by("pk").values()) == theirs
