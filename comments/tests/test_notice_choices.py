"""Letters about comments follow what a person chose at the account, and the law where it must."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.registries import notices
from articles.tests.factories import create_live_guide
from comments import moderation, restrictions
from comments.models import Comment
from comments.models.limits import Attempt
from comments.moderation import READERS, decide
from comments.states import Action, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.post import forget_mail, html, letters, path_in, said, waiting
from comments.wanted import APPROVALS, REPLIES

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

PAGE = "/account/notifications/"


@pytest.fixture
def guide():
    set_policy(approvals_to_post=5)
    return create_live_guide(title="Queues")


@pytest.fixture
def rana() -> User:
    return create_reader(name="Rana", email="rana@example.org")


@pytest.fixture
def signed_in(client, rana) -> Client:
    client.force_login(rana)
    return client


def off(user: User, *kinds: str) -> None:
    notices.choose(user, dict.fromkeys(kinds, False))


def written(guide, user: User, state: State = State.PENDING, **fields) -> Comment:
    """Return a comment of an account whose writer has had every letter so far."""
    comment = create_comment(guide, user=user, state=state, **fields)
    forget_mail()
    return comment


def to(user: User) -> list[str]:
    """Return the subjects of the letters that a person got."""
    return [message.subject for message in letters() if message.to == [user.email]]


def approve(comment: Comment) -> None:
    moderation.approve(comment, user=create_moderator())


def reject(comment: Comment) -> None:
    moderation.reject(comment, user=create_moderator(), reason=Reason.OFF_TOPIC)


def test_replies_are_told_unless_they_are_off(guide, rana) -> None:
    asked = written(guide, rana, State.APPROVED, wants_replies=True)
    create_comment(parent=asked, name="Rita")
    assert to(rana) == ["Rita answered your comment on “Queues”"]
    forget_mail()
    off(rana, REPLIES)
    create_comment(parent=asked, name="Rita")
    assert to(rana) == []
    notices.choose(rana, {REPLIES: True})
    create_comment(parent=asked, name="Rita")
    assert len(to(rana)) == 1, "what was asked for this comment is remembered"


def test_a_reply_that_waits_is_taken_back_on_the_page(guide, rana, signed_in) -> None:
    asked = written(guide, rana, State.APPROVED, wants_replies=True)
    reply = create_comment(parent=asked, name="Rita")
    assert f"reply-{reply.pk}" in waiting()
    signed_in.post(PAGE, {"do": "save", "wanted": [APPROVALS]})
    assert f"reply-{reply.pk}" not in waiting()
    assert to(rana) == []


def test_guests_and_others_still_hear_of_replies(guide, rana) -> None:
    off(rana, REPLIES, APPROVALS)
    guest = create_comment(guide, email="gus@example.org", wants_replies=True)
    other = create_reader(name="Omar")
    theirs = create_comment(guide, user=other, wants_replies=True)
    forget_mail()
    create_comment(parent=guest, name="Rita")
    create_comment(parent=theirs, name="Rita")
    told = [message.to[0] for message in letters() if "answered" in message.subject]
    assert sorted(told) == sorted(["gus@example.org", other.email])


def test_an_approval_is_told_unless_it_is_off(guide, rana) -> None:
    approve(written(guide, rana))
    assert to(rana) == ["Your comment on “Queues” is public"]
    forget_mail()
    comment = written(guide, rana)
    off(rana, APPROVALS)
    approve(comment)
    assert to(rana) == []


def test_an_approval_that_waits_is_taken_back(guide, rana, signed_in) -> None:
    comment = written(guide, rana)
    approve(comment)
    signed_in.post(PAGE, {"do": "none"})
    assert to(rana) == []
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_a_rejection_is_told_whatever_is_off(guide, rana) -> None:
    off(rana, REPLIES, APPROVALS)
    reject(written(guide, rana))
    assert to(rana) == ["Your comment on “Queues” was rejected"]


def test_after_an_approval_that_was_not_told_a_removal_is(guide, rana) -> None:
    off(rana, APPROVALS)
    comment = written(guide, rana)
    approve(comment)
    reject(comment)
    assert to(rana) == ["Your comment on “Queues” was rejected"]


@pytest.mark.parametrize("against", ["rejected", "hidden"])
def test_the_good_end_of_a_bad_decision_is_told_whatever_is_off(against, guide, rana) -> None:
    off(rana, APPROVALS)
    comment = written(guide, rana, State.APPROVED)
    if against == "rejected":
        reject(comment)
    else:
        decide(comment, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    forget_mail()
    approve(comment)
    assert to(rana) == ["Your comment on “Queues” is public again"]


def test_the_good_end_is_not_taken_back_by_switching_off(guide, rana, signed_in) -> None:
    comment = written(guide, rana, State.REJECTED)
    approve(comment)
    signed_in.post(PAGE, {"do": "none"})
    assert to(rana) == ["Your comment on “Queues” is public"]


def test_a_restriction_is_told_whatever_is_off(guide, rana) -> None:
    off(rana, REPLIES, APPROVALS)
    comment = written(guide, rana, State.APPROVED)
    restrictions.restrict(
        comment.author, Action.BAN, user=create_moderator(), reason=Reason.ABUSE, statement="So."
    )
    assert len(to(rana)) == 1


def test_the_letter_of_approval_promises_no_replies_that_are_off(guide, rana) -> None:
    asked = written(guide, rana, wants_replies=True)
    off(rana, REPLIES)
    approve(asked)
    (message,) = letters()
    assert "You asked to be told of replies" not in said(message)


def test_my_comments_say_that_letters_are_off(guide, rana, signed_in) -> None:
    written(guide, rana, State.APPROVED, wants_replies=True)
    page = signed_in.get("/account/comments/").content.decode()
    assert "Answers to it are mailed to you." in page
    off(rana, REPLIES)
    page = signed_in.get("/account/comments/").content.decode()
    assert "Answers to it are mailed to you." not in page
    assert f'<a href="{PAGE}">switched off</a> for your account.' in page
    assert "Mail me no replies, to any comment" not in page


def test_the_form_says_that_a_tick_brings_nothing_while_letters_are_off(
    guide, rana, signed_in
) -> None:
    path = f"/comments/write/{guide.slug}/"
    assert "switched off for your whole account" not in signed_in.get(path).content.decode()
    off(rana, REPLIES)
    assert "switched off for your whole account" in signed_in.get(path).content.decode()
    assert "switched off" not in Client().get(path).content.decode()


def test_the_link_in_a_letter_stops_them_and_leads_to_the_choices(guide, rana) -> None:
    asked = written(guide, rana, State.APPROVED, wants_replies=True)
    create_comment(parent=asked, name="Rita")
    (message,) = [one for one in letters() if one.to == [rana.email]]
    stop = path_in(message, "unsubscribe")
    assert f'href="{PAGE}"' in Client().get(stop).content.decode()
    Client().post(stop, {"List-Unsubscribe": "One-Click"})
    forget_mail()
    create_comment(parent=asked, name="Rita")
    assert to(rana) == []
    assert PAGE not in html(message), "the letter itself has one way to stop it"


def test_the_public_page_shows_the_latest_public_comments_under_the_same_name(guide, rana) -> None:
    User.objects.filter(pk=rana.pk).update(handle="rana", is_profile_public=True)
    for number in range(7):
        create_comment(guide, user=rana, text=f"Thought *number {number}* of mine.")
        Attempt.objects.all().delete()  # so that the limit of rate does not count
    create_comment(guide, user=rana, state=State.PENDING, text="Not seen by a moderator.")
    create_comment(guide, user=rana, state=State.REJECTED, text="Rejected words.")
    other = create_comment(guide, user=rana, text="Signed otherwise.")
    Comment.objects.filter(pk=other.pk).update(name="Secret Name")
    page = Client().get("/members/rana/").content.decode()
    assert "Recent comments" in page
    assert page.count("of mine.") == 5
    assert "Thought <em>number 6</em> of mine." in page
    assert "number 1" not in page
    for words in ("Not seen by a moderator", "Rejected words", "Signed otherwise", "Secret Name"):
        assert words not in page


def test_the_queries_of_the_public_page_do_not_depend_on_the_comments(
    guide, rana, django_assert_num_queries
) -> None:
    User.objects.filter(pk=rana.pk).update(handle="rana", is_profile_public=True)
    for _ in range(3):
        create_comment(guide, user=rana)
    with django_assert_num_queries(3):
        Client().get("/members/rana/")


def test_the_overview_counts_comments_by_state(guide, rana, signed_in) -> None:
    for state in (State.APPROVED, State.APPROVED, State.PENDING, State.REJECTED):
        create_comment(guide, user=rana, state=state)
    page = signed_in.get("/account/").content.decode()
    assert "1 waiting for a moderator, 2 public, 1 rejected." in page
