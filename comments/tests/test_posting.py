"""Posting a comment: numbers and places, who it belongs to, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments import posting
from comments.admission import Refused
from comments.identity import Visitor, commenter_at, commenter_of
from comments.models import Comment, Commenter, Thread
from comments.posting import Draft, post
from comments.screening import Facts
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = pytest.mark.django_db

GUEST = Visitor(browser="b" * 32)


def draft(article: Article, **fields) -> Draft:
    given = {"text": "Words", "visitor": GUEST, "name": "Gus", "email": "gus@example.org"}
    return Draft(article=article, **{**given, **fields})


def refusal(made: Draft) -> str:
    """Return the code; nothing may be stored."""
    before = Comment.objects.count()
    with pytest.raises(Refused) as caught:
        post(made)
    assert Comment.objects.count() == before
    return caught.value.code


def test_comments_of_a_thread_are_numbered_in_order() -> None:
    article, other = create_live_guide(), create_live_guide()
    assert [post(draft(article)).number for _ in range(3)] == [1, 2, 3]
    assert post(draft(other)).number == 1


def test_answers_stand_below_what_they_answer_down_to_a_depth() -> None:
    comment = create_comment()
    places = [(comment.depth, comment.path)]
    for _ in range(5):
        comment = create_comment(parent=comment)
        places.append((comment.depth, comment.path))
    assert places == [
        (0, "000001"),
        (1, "000001000002"),
        (2, "000001000002000003"),
        (3, "000001000002000003000004"),
        (3, "000001000002000003000005"),  # beside what it answers, from here on
        (3, "000001000002000003000006"),
    ]
    assert comment.parent.number == 5


def test_a_comment_remembers_section_and_revision() -> None:
    article = create_live_guide()
    section = article.outline[0]["id"]
    comment = post(draft(article, section=section))
    assert (comment.section, comment.section_title) == (section, "Where it begins")
    assert comment.section_digest
    assert comment.revision == article.live_revision


def test_a_section_that_is_not_there_is_the_whole_guide() -> None:
    comment = post(draft(create_live_guide(), section="gone"))
    assert (comment.section, comment.section_title, comment.section_digest) == ("", "", "")


def test_one_submission_makes_one_comment() -> None:
    article, submission = create_live_guide(), uuid4()
    first = post(draft(article, submission=submission))
    assert post(draft(article, submission=submission, text="Others")).pk == first.pk
    assert Comment.objects.get().text == "Words"
    assert Thread.objects.get().last_number == 1


def test_a_resent_submission_counts_towards_no_limit_and_asks_no_state() -> None:
    article, submission = create_live_guide(), uuid4()
    first = post(draft(article, submission=submission))
    Thread.objects.update(opening=Thread.Opening.CLOSED)
    for _ in range(9):
        assert post(draft(article, submission=submission)).pk == first.pk


@pytest.mark.parametrize("visitor", [GUEST, Visitor(browser="b" * 32, confirmed=[10**9])])
def test_a_guest_confirms_first(visitor: Visitor) -> None:
    comment = post(draft(create_live_guide(), visitor=visitor))
    assert comment.state == State.UNCONFIRMED
    assert comment.browser == visitor.browser
    assert comment.confirmed_at is None


def test_a_guest_known_to_the_browser_does_not_confirm_again() -> None:
    gus = commenter_at("gus@example.org")
    visitor = Visitor(browser="b" * 32, confirmed=[gus.pk])
    comment = post(draft(create_live_guide(), visitor=visitor))
    assert comment.state == State.PENDING
    assert comment.author == gus


def test_an_account_needs_no_confirmation_and_signs_with_its_name() -> None:
    ada = create_reader(name="Ada")
    comment = post(draft(create_live_guide(), visitor=Visitor(user=ada), name="Somebody else"))
    assert (comment.state, comment.name, comment.browser) == (State.PENDING, "Ada", "")
    assert not comment.is_by_editors


def test_the_address_of_an_account_gives_a_guest_nothing() -> None:
    editor = create_reader(name="Ed Itor", email="ed@example.org", is_staff=True)
    set_policy(mode="none")
    comment = post(draft(create_live_guide(), email="Ed@example.org"))
    assert comment.author == commenter_of(editor)
    assert comment.state == State.UNCONFIRMED
    assert comment.name == "Gus"
    assert not comment.is_by_editors
    assert not Visitor(browser="c" * 32).owns(comment)


@pytest.mark.parametrize(
    "restriction",
    [
        {"banned_at": timezone.now()},
        {"suspended_until": timezone.now() + timedelta(days=9)},
        {"always_hold": True},
    ],
)
def test_a_restriction_is_told_to_nobody_but_the_owner_of_the_address(restriction: dict) -> None:
    article = create_live_guide()
    free = post(draft(article, email="free@example.org"))
    gus = commenter_at("gus@example.org")
    Commenter.objects.filter(pk=gus.pk).update(**restriction)
    caught = post(draft(article))
    assert caught.state == free.state == State.UNCONFIRMED
    if "always_hold" not in restriction:
        with pytest.raises(Refused):
            posting.confirm(caught)
        proven = Visitor(browser="b" * 32, confirmed=[gus.pk])
        assert refusal(draft(article, visitor=proven)) in {"banned", "suspended"}


def test_a_suspension_ends_by_itself() -> None:
    ada = create_reader()
    past = timezone.now() - timedelta(seconds=1)
    Commenter.objects.filter(pk=commenter_of(ada).pk).update(suspended_until=past)
    assert post(draft(create_live_guide(), visitor=Visitor(user=ada))).state == State.PENDING


def test_closing_closes() -> None:
    article = create_live_guide()
    Thread.objects.create(article=article, opening=Thread.Opening.CLOSED)
    assert refusal(draft(article)) == "closed"


@pytest.mark.parametrize(("days", "is_open"), [(2.99, True), (3.01, False)])
def test_threads_close_by_age(days: float, is_open: bool) -> None:
    article = create_live_guide()
    Article.objects.update(published_at=timezone.now() - timedelta(days=days))
    article.refresh_from_db()
    Thread.objects.create(article=article)
    set_policy(close_after_days=3)
    made = draft(article)
    if is_open:
        assert post(made).pk
    else:
        assert refusal(made) == "closed"
    Thread.objects.update(opening=Thread.Opening.OPEN)
    assert post(draft(article)).pk


def test_a_guide_that_is_not_public_takes_no_comments() -> None:
    article = create_live_guide()
    Article.objects.update(withdrawn_at=timezone.now())
    assert refusal(draft(article)) == "gone"


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.APPROVED, State.RECEIVED}]
)
def test_only_public_comments_are_answered(state: State) -> None:
    parent = create_comment(state=state)
    assert refusal(draft(parent.thread.article, parent=parent)) == "parent-gone"


def test_a_comment_of_another_guide_is_not_answered_here() -> None:
    assert refusal(draft(create_live_guide(), parent=create_comment())) == "parent-gone"


@pytest.mark.parametrize("locked", [0, 1, 2])
def test_a_lock_holds_for_all_that_stands_below(locked: int) -> None:
    line = [create_comment()]
    for _ in range(2):
        line.append(create_comment(parent=line[-1]))
    Comment.objects.filter(pk=line[locked].pk).update(is_locked=True)
    article = line[0].thread.article
    codes = []
    for parent in line:
        parent.refresh_from_db()
        try:
            post(draft(article, parent=parent))
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
    assert codes == [""] * locked + ["locked"] * (3 - locked)


def test_too_much_from_one_network_is_refused_with_the_wait() -> None:
    articles = [create_live_guide() for _ in range(6)]
    for number, article in enumerate(articles[:5]):
        post(draft(article, network="198.51.100.1", email=f"gus-{number}@example.org"))
    with pytest.raises(Refused) as caught:
        post(draft(articles[5], network="198.51.100.1"))
    assert caught.value.code == "limit"
    assert timedelta(minutes=4) < caught.value.wait <= timedelta(minutes=5)
    assert "in 5 minutes" in caught.value.message
    assert post(draft(articles[5], network="198.51.100.2")).pk


def test_an_account_is_counted_wherever_it_writes_from() -> None:
    ada, article = Visitor(user=create_reader()), create_live_guide()
    for number in range(5):
        post(draft(article, visitor=ada, network=f"198.51.100.{number}"))
    assert refusal(draft(article, visitor=ada, network="198.51.100.99")) == "limit"


def test_how_the_form_was_filled_in_holds_a_comment() -> None:
    set_policy(mode="none")
    visitor = Visitor(user=create_reader())
    for facts in (Facts(is_trap_filled=True), Facts(seconds=0.4)):
        comment = post(draft(create_live_guide(), visitor=visitor, facts=facts, text=f"{facts}"))
        assert comment.state == State.PENDING
        assert comment.acts.decisions().newest_first()[0].reason == Reason.AUTOMATIC


def test_a_banned_writer_deletes_but_does_not_change() -> None:
    ada = create_reader()
    comment = create_comment(user=ada, by=create_moderator())
    Commenter.objects.filter(pk=comment.author_id).update(banned_at=timezone.now())
    with pytest.raises(Refused) as caught:
        posting.edit(comment, "Other words")
    assert caught.value.code == "banned"
    posting.delete(comment)
    assert Comment.objects.get().state == State.DELETED
