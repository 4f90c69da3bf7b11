"""What writers are told of decisions about their comments, and what not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation, posting
from comments.models import Comment, ModerationAct
from comments.moderation import READERS, SYSTEM, WRITER, decide, moderator
from comments.states import Reason, State
from comments.tests.factories import (
    create_comment,
    create_moderator,
    create_reader,
    set_policy,
)
from comments.tests.post import forget_mail, html, letter, letters, path_in, said, waiting
from mailing.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
ADDRESS = "gus@example.org"


@pytest.fixture
def guide():
    return create_live_guide(title="Queues & caches")


@pytest.fixture
def held(guide) -> Comment:
    return known(guide, State.PENDING)


@pytest.fixture
def public(guide) -> Comment:
    return known(guide, State.APPROVED)


def known(guide, state: State, **fields) -> Comment:
    """Return a comment whose writer has had every letter so far."""
    comment = create_comment(guide, state=state, email=ADDRESS, **fields)
    forget_mail()
    return comment


def reject(comment: Comment, **fields) -> ModerationAct:
    fields = {"user": create_moderator(), "reason": Reason.OFF_TOPIC, **fields}
    return moderation.reject(comment, **fields)


def hide(comment: Comment) -> ModerationAct:
    return decide(comment, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)


def test_approval(held) -> None:
    moderation.approve(held, user=create_moderator())
    message = letter()
    assert message.to == [ADDRESS]
    assert message.subject == "Your comment on “Queues & caches” is public"
    assert "Hello Gus Guest,\n\na moderator has read your comment" in said(message)
    assert f"http://localhost:8000/comments/{held.pk}/\n" in message.body
    assert "told of replies" not in message.body
    assert "You get this letter because you commented there" in message.body


def test_approval_for_somebody_who_wants_replies(guide) -> None:
    comment = known(guide, State.PENDING, wants_replies=True)
    moderation.approve(comment, user=create_moderator())
    assert "You asked to be told of replies" in letter().body


def test_rejection_gives_reason_statement_words_and_the_way_to_appeal(guide) -> None:
    comment = known(guide, State.PENDING, text="My words.\n\nhttps://x.example/\n\n" + "a " * 400)
    act = reject(comment, statement="It belongs **elsewhere**.\nReally.")
    message = letter()
    assert message.subject == "Your comment on “Queues & caches” was rejected"
    words = said(message)
    assert "read your comment on “Queues & caches” and rejected it. It does not appear." in words
    assert "The reason: It is not about the guide or the comment that it answers." in words
    assert "> It belongs **elsewhere**. > Really." in words
    assert "A person decided this, not a program." in words
    assert "you can appeal once, within 180 days" in words
    assert "> My words. > > https://x.example/ >" in words
    assert words.count("a") >= 400, "the words are given back in full"
    assert path_in(message, "decisions").startswith(f"/comments/decisions/{act.pk}/?key=")
    assert 'href="https://x.example' not in html(message)


def test_the_link_opens_the_statement_of_reasons(client, held) -> None:
    reject(held, statement="It belongs elsewhere.")
    assert client.get(path_in(letter(), "decisions")).status_code == 200


def test_removal_of_what_was_public(public) -> None:
    reject(public)
    assert "It was public; now nobody else sees it any more." in said(letter())


def test_no_letter_names_the_moderator(held, public) -> None:
    mo = create_moderator(name="Mo Derator")
    moderation.approve(held, user=mo)
    reject(public, user=mo)
    for message in letters():
        assert "Mo" not in message.body
        assert mo.email not in message.body


def test_hidden_after_reports_and_public_again(public) -> None:
    hide(public)
    message = letter()
    assert message.subject == "Your comment on “Queues & caches” is hidden for now"
    assert "no person has decided anything yet" in said(message)
    path_in(message, "decisions")
    forget_mail()
    moderation.approve(public, user=create_moderator())
    message = letter()
    assert message.subject == "Your comment on “Queues & caches” is public again"
    assert "It stays, and everybody can read it" in said(message)


def test_held_later_by_a_moderator(public) -> None:
    actor = moderator(create_moderator())
    decide(public, State.PENDING, actor=actor, reason=Reason.SECOND_LOOK, statement="Is it true?")
    message = letter()
    assert message.subject == "Your comment on “Queues & caches” waits for a moderator"
    assert "a moderator wants to look at your comment" in said(message)
    assert "> Is it true?" in message.body


def test_what_the_writer_sees_on_the_page_is_not_mailed(guide) -> None:
    set_policy(mode="none")
    create_comment(guide, state=State.APPROVED, user=create_reader())  # appears at once
    set_policy(mode="all")
    create_comment(guide, state=State.PENDING, user=create_reader())  # held at once
    confirmed = create_comment(guide, state=State.UNCONFIRMED)
    forget_mail()
    posting.confirm(confirmed)
    assert letters() == []


def test_ones_own_edit_and_deletion_are_not_mailed(public) -> None:
    decide(public, State.PENDING, actor=SYSTEM, reason=Reason.RULE)  # held after an edit
    decide(public, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert letters() == []


def test_a_letter_about_a_decision_waits_three_minutes(held) -> None:
    moderation.approve(held, user=create_moderator())
    assert not Letter.objects.due().exists()
    assert Letter.objects.due(timezone.now() + timedelta(minutes=3)).count() == 1


@pytest.mark.parametrize("act", [moderation.approve, reject])
def test_a_decision_taken_back_in_time_is_told_to_nobody(held, act) -> None:
    mo = create_moderator()
    made = act(held, user=mo)
    assert waiting() == [f"act-{made.pk}"]
    moderation.undo(made, user=mo)
    assert letters() == []


def test_a_decision_taken_back_later_is_told(held) -> None:
    mo = create_moderator()
    act = reject(held, user=mo)
    forget_mail()
    moderation.undo(act, user=mo)
    message = letter()
    assert message.subject == "Your comment on “Queues & caches” waits for a moderator"
    assert "was taken back, and a moderator decides anew" in said(message)


def test_a_rejection_of_what_was_public_taken_back_later(public) -> None:
    mo = create_moderator()
    act = reject(public, user=mo)
    forget_mail()
    moderation.undo(act, user=mo)
    assert "was taken back. Everybody can read the comment, as before" in said(letter())


def test_an_approval_taken_back_later_says_that_the_rejection_stands(held) -> None:
    mo = create_moderator()
    reject(held, user=mo)
    act = moderation.approve(held, user=mo)
    forget_mail()
    moderation.undo(act, user=mo)
    words = said(letter())
    assert "the approval of your comment on “Queues & caches” was taken back" in words
    assert "The reason" not in words


def test_hidden_again_by_undo(public) -> None:
    mo = create_moderator()
    hide(public)
    act = moderation.approve(public, user=mo)
    forget_mail()
    moderation.undo(act, user=mo)
    assert "As before it, the comment is hidden after reports" in said(letter())


def test_only_the_last_of_quick_decisions_is_told(held) -> None:
    mo = create_moderator()
    moderation.undo(moderation.approve(held, user=mo), user=mo)
    act = reject(held, user=mo)
    assert waiting() == [f"act-{act.pk}"]


@pytest.mark.parametrize("again", [moderation.approve, reject], ids=["approved", "rejected"])
def test_what_was_taken_back_untold_is_no_past(held, again) -> None:
    """Nobody saw the first approval, so nothing is public "again", and nothing "was" public."""
    mo = create_moderator()
    moderation.undo(moderation.approve(held, user=mo), user=mo)
    again(held, user=mo)
    words = said(letter())
    assert "again" not in words.partition("looked")[0]
    assert "It was public" not in words
    held.refresh_from_db()
    assert held.published_at in {None, held.decided_at}


def test_hidden_and_shown_again_in_three_minutes_is_no_news(public) -> None:
    hide(public)
    moderation.approve(public, user=create_moderator())
    assert letters() == []


def test_hidden_then_rejected_in_three_minutes_is_one_letter(public) -> None:
    hide(public)
    act = reject(public)
    assert waiting() == [f"act-{act.pk}"]


def test_what_is_being_sent_counts_as_told(held) -> None:
    mo = create_moderator()
    act = reject(held, user=mo)
    Letter.objects.update(claimed_until=timezone.now() + timedelta(minutes=5))
    moderation.undo(act, user=mo)
    assert waiting() == [f"act-{act.pk}", f"act-{act.undone_by.pk}"]


def test_deleting_the_comment_takes_back_what_waits(held) -> None:
    reject_later = moderation.approve(held, user=create_moderator())
    assert waiting() == [f"act-{reject_later.pk}"]
    decide(held, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert waiting() == []


def test_an_account_is_greeted_by_its_name(guide) -> None:
    rana = create_reader(name="Rana Reader", email="rana@example.org")
    comment = create_comment(guide, state=State.PENDING, user=rana)
    moderation.approve(comment, user=create_moderator())
    message = letter()
    assert message.to == ["rana@example.org"]
    assert message.body.startswith("Hello Rana Reader,\n")


def test_an_address_that_nobody_confirmed_is_told_nothing(guide) -> None:
    """An imported comment brings an address whose owner has never been asked."""
    comment = create_comment(guide, state=State.UNCONFIRMED, email=ADDRESS)
    forget_mail()
    decide(comment, State.APPROVED, actor=SYSTEM, reason=Reason.IMPORTED)
    reject(comment)
    assert letters() == []


def test_people_without_an_address_are_told_nothing(public) -> None:
    public.author.guest_email = ""
    public.author.save()
    reject(public)
    assert letters() == []


def test_an_account_that_was_switched_off_gets_no_mail(guide) -> None:
    rana = create_reader(is_active=False)
    reject(create_comment(guide, state=State.PENDING, user=rana))
    assert letters() == []


def test_a_name_cannot_break_out_of_its_line(guide) -> None:
    comment = known(
        guide, State.PENDING, name="Gus\r\nBcc: all@example.org\n\nhttps://evil.example"
    )
    moderation.approve(comment, user=create_moderator())
    message = letter()
    assert message.body.startswith("Hello Gus Bcc: all@example.org https://evil.example,\n")
    assert 'href="https://evil' not in html(message)
