"""Letters about replies: only to who asked, once, and easy to stop."""

from datetime import timedelta
from email import policy

import pytest
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation, posting, restrictions
from comments.models import Comment
from comments.moderation import READERS, SYSTEM, WRITER, decide
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.post import forget_mail, html, letters, path_in, said
from mailing.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return create_live_guide(title="Queues & caches")


@pytest.fixture
def asked(guide) -> Comment:
    """A public comment whose writer wants to know of replies."""
    comment = create_comment(
        guide, name="Gus", email="gus@example.org", wants_replies=True, state=State.APPROVED
    )
    forget_mail()
    return comment


def reply_to(comment: Comment, **fields) -> Comment:
    fields = {"state": State.APPROVED, "name": "Rita", **fields}
    return create_comment(parent=comment, **fields)


def told(comment: Comment) -> list:
    """Return the letters about replies that its writer got."""
    return [message for message in letters() if "answered your comment" in message.subject]


def test_a_reply_is_told_with_its_words_and_the_way_to_stop(asked) -> None:
    reply = reply_to(asked, text="I *agree*.\n\nhttps://x.example/")
    (message,) = told(asked)
    assert message.to == ["gus@example.org"]
    assert message.subject == "Rita answered your comment on “Queues & caches”"
    words = said(message)
    assert words.startswith("Hello Gus,\n\nRita answered your comment on “Queues & caches”:")
    assert "> I *agree*. > > https://x.example/" in words
    assert f"http://localhost:8000/comments/{reply.pk}/" in words
    assert "You get this letter because you asked to be told of replies" in words
    stop = "http://localhost:8000" + path_in(message, "unsubscribe")
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    raw = message.message(policy=policy.SMTP).as_bytes().decode()
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n" in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert 'href="https://x.example' not in html(message)


def test_only_a_public_reply_is_told(asked) -> None:
    reply = reply_to(asked, state=State.PENDING)
    assert told(asked) == []
    moderation.approve(reply, user=create_moderator())
    assert len(told(asked)) == 1


def test_a_reply_is_told_once_whatever_happens_to_it(asked) -> None:
    mo = create_moderator()
    reply = reply_to(asked)
    assert len(told(asked)) == 1
    moderation.undo(moderation.reject(reply, user=mo, reason=Reason.SPAM), user=mo)
    decide(reply, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    moderation.approve(reply, user=mo)
    assert len(told(asked)) == 1


def test_an_old_reply_that_comes_back_is_no_news(guide) -> None:
    comment = create_comment(guide, state=State.APPROVED)
    reply = reply_to(comment)
    forget_mail()
    Comment.objects.filter(pk=comment.pk).update(wants_replies=True)
    mo = create_moderator()
    moderation.reject(reply, user=mo, reason=Reason.SPAM)
    moderation.approve(reply, user=mo)
    assert told(comment) == []


def test_a_reply_that_appears_at_once_is_told_when_it_is_settled(asked) -> None:
    set_policy(mode="none")
    reply = reply_to(asked, user=create_reader())
    letter = Letter.objects.get(key=f"reply-{reply.pk}")
    assert letter.not_before == reply.edit_until()


def test_a_reply_that_was_read_by_a_moderator_is_told_after_three_minutes(asked) -> None:
    reply = reply_to(asked, state=State.PENDING)
    Comment.objects.filter(pk=reply.pk).update(created_at=timezone.now() - timedelta(hours=1))
    moderation.approve(reply, user=create_moderator())
    letter = Letter.objects.get(key=f"reply-{reply.pk}")
    wait = letter.not_before - timezone.now()
    assert timedelta(minutes=2, seconds=50) < wait <= timedelta(minutes=3)


def test_the_letter_has_the_words_as_they_were_changed(asked) -> None:
    set_policy(mode="none")
    reply = reply_to(asked, user=create_reader(), text="My number is 555 123.")
    posting.edit(reply, "Ask me by mail.")
    (message,) = told(asked)
    assert "> Ask me by mail." in message.body
    assert "555" not in message.body


def test_a_reply_held_after_an_edit_is_told_when_it_is_approved(asked) -> None:
    reply = reply_to(asked)
    decide(reply, State.PENDING, actor=SYSTEM, reason=Reason.RULE)
    assert told(asked) == []
    moderation.approve(reply, user=create_moderator())
    assert len(told(asked)) == 1


def test_a_reply_that_is_deleted_in_time_is_not_told(asked) -> None:
    reply = reply_to(asked)
    decide(reply, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert told(asked) == []


def test_a_reply_whose_approval_is_taken_back_in_time_is_not_told(asked) -> None:
    mo = create_moderator()
    reply = reply_to(asked, state=State.PENDING)
    moderation.undo(moderation.approve(reply, user=mo), user=mo)
    assert told(asked) == []
    moderation.approve(reply, user=mo)
    assert len(told(asked)) == 1


def test_who_did_not_ask_is_not_told(guide) -> None:
    comment = create_comment(guide, state=State.APPROVED)
    reply_to(comment)
    assert told(comment) == []


def test_ones_own_reply_is_not_told(asked) -> None:
    reply_to(asked, author=asked.author)
    assert told(asked) == []


def test_an_answer_to_the_answer_is_told_to_its_writer_alone(asked) -> None:
    reply = reply_to(asked, wants_replies=True, email="rita@example.org")
    forget_mail()
    reply_to(reply, name="Third")
    (message,) = told(asked)
    assert message.to == ["rita@example.org"]


@pytest.mark.parametrize(
    ("action", "is_told"),
    [(Action.HOLD_ALWAYS, True), (Action.SUSPEND, False), (Action.BAN, False)],
)
def test_who_may_not_answer_is_not_invited_to(asked, action, is_told) -> None:
    until = timezone.now() + timedelta(days=1)
    user = create_moderator()
    restrictions.restrict(asked.author, action, user=user, reason=Reason.ABUSE, until=until)
    reply_to(asked)
    assert len(told(asked)) == is_told


def test_a_comment_that_is_gone_brings_no_letters(asked) -> None:
    waiting_reply = reply_to(asked)
    decide(asked, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert not Letter.objects.waiting().filter(key=f"reply-{waiting_reply.pk}").exists()
    assert told(asked) == []


def test_a_rejected_comment_brings_no_letters(asked) -> None:
    reply = reply_to(asked, state=State.PENDING)
    moderation.reject(asked, user=create_moderator(), reason=Reason.ABUSE)
    moderation.approve(reply, user=create_moderator())
    assert told(asked) == []


def test_an_address_that_nobody_confirmed_is_not_told(guide) -> None:
    imported = create_comment(guide, state=State.UNCONFIRMED, wants_replies=True)
    forget_mail()
    decide(imported, State.APPROVED, actor=SYSTEM, reason=Reason.IMPORTED)
    reply_to(imported)
    assert told(imported) == []


def test_imported_replies_are_old_news(asked) -> None:
    reply = create_comment(parent=asked, state=State.UNCONFIRMED)
    forget_mail()
    decide(reply, State.APPROVED, actor=SYSTEM, reason=Reason.IMPORTED)
    assert told(asked) == []
