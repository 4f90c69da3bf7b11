"""The same words sent again wait for a moderator; a second click does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.acts import WRITER
from comments.identity import Visitor
from comments.models import Comment
from comments.moderation import decide
from comments.posting import Draft, edit, post
from comments.rendering import render_comment
from comments.screening.duplicates import words_digest
from comments.screening.reading import read_html
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_reader, set_policy

TEXT = "I found the best service in town, they helped me at once and I am very happy."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_site() -> None:
    set_policy(mode="none")


def send(text: str = TEXT, *, user=None, article: Article | None = None) -> Comment:
    visitor = Visitor(user=user or create_reader())
    return post(Draft(article=article or create_live_guide(), text=text, visitor=visitor))


def sent_ago(comment: Comment, **span: float) -> None:
    moment = timezone.now() - timedelta(**span)
    Comment.objects.filter(pk=comment.pk).update(created_at=moment)


def test_the_same_words_by_somebody_else_under_another_guide_are_held() -> None:
    first, second = send(), send()
    assert first.state == State.APPROVED
    assert second.state == State.PENDING
    act = second.acts.get()
    assert act.reason == Reason.DUPLICATE_TEXT
    today = f"{timezone.now():%-d %B %Y}"
    assert act.detail == (
        f"The same words were sent on {today} by another person (comment {first.pk})."
    )


def test_it_is_said_how_often_and_by_whom() -> None:
    writer = create_reader()
    send()
    latest = send(user=writer)
    detail = send(user=writer).acts.get().detail
    assert f"by the same person (comment {latest.pk}), and 1 more in 30 days." in detail


@pytest.mark.parametrize(
    "text",
    [
        TEXT.upper(),
        f"**{TEXT}**",
        TEXT.replace(" ", "  ").replace(",", " –"),
        f"{TEXT} https://one.example/a",
        TEXT.replace("best", "b\u200best"),
        TEXT.replace("service", "sеrvice"),  # a Cyrillic е
    ],
)
def test_punctuation_links_and_disguises_make_no_other_text(text: str) -> None:
    send(f"{TEXT} https://two.example/b")
    assert send(text).state == State.PENDING


def test_another_word_makes_another_text() -> None:
    send()
    assert send(TEXT.replace("best", "worst")).state == State.APPROVED


def test_short_texts_are_nobodys() -> None:
    send("Thanks, that helped me a lot.")
    assert send("Thanks, that helped me a lot.").state == State.APPROVED


def test_fifty_letters_are_enough_to_compare() -> None:
    def digest(text: str) -> str:
        return words_digest(read_html(render_comment(text)))

    assert digest("a" * 49 + " ... !!!") == ""
    assert len(digest("a" * 49 + " ... b")) == 64
    assert digest("https://one.example/" + "a" * 60) == ""  # an address written out is no words
    assert digest("[" + "a" * 60 + "](https://one.example)") != ""


def test_a_second_click_is_let_alone() -> None:
    writer, guide = create_reader(), create_live_guide()
    sent_ago(send(user=writer, article=guide), minutes=9)
    assert send(user=writer, article=guide).state == State.APPROVED


def test_the_same_person_later_or_elsewhere_is_not_a_second_click() -> None:
    writer, guide = create_reader(), create_live_guide()
    sent_ago(send(user=writer, article=guide), minutes=11)
    assert send(user=writer, article=guide).state == State.PENDING
    assert send(user=writer).state == State.PENDING


def test_after_thirty_days_the_words_are_free_again() -> None:
    sent_ago(send(), days=31)
    assert send().state == State.APPROVED


def test_comments_that_were_rejected_count() -> None:
    create_comment(text=TEXT, state=State.REJECTED, reason=Reason.SPAM)
    assert send().state == State.PENDING


def test_deleted_words_leave_no_fingerprint() -> None:
    first = send()
    assert first.words_digest
    decide(first, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    assert Comment.objects.get(pk=first.pk).words_digest == ""
    assert send().state == State.APPROVED


def test_a_comment_edited_into_the_same_words_is_held() -> None:
    send()
    other = send("Something quite different, which nobody else has written here so far, I hope.")
    assert other.state == State.APPROVED
    assert edit(other, TEXT).state == State.PENDING


def test_editing_ones_own_comment_does_not_repeat_it() -> None:
    comment = send()
    assert edit(comment, f"{TEXT}.").state == State.APPROVED
