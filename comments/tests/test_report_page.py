"""The page on which a reader reports a comment, and the one that thanks."""

import pytest
from django.test import Client
from django.urls import reverse

from comments import moderation
from comments.models import Comment, Flag
from comments.states import Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.pages import form_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policy(db):
    return set_policy(approvals_to_post=1, approvals_to_weigh=1, reports_to_hide=1)


def address(comment: Comment) -> str:
    return reverse("comments:report", args=[comment.pk])


def sent(client: Client, comment: Comment, **fields) -> str:
    """Report a comment and return the page that thanks."""
    answer = client.post(address(comment), {"reason": "abuse", "words": "", **fields})
    assert answer.status_code == 303, answer.text
    return client.get(answer["Location"]).text


def test_a_reader_reports_without_an_account(client) -> None:
    comment = create_comment(text="<b>Rude</b> words", name="Ada <3")
    page = client.get(address(comment))
    assert "&lt;b&gt;Rude" in page.text
    assert "Ada &lt;3" in page.text
    assert "It is advertising" in page.text
    form = form_with(page, "words")
    assert "reason" not in form.fields  # nothing is chosen for the reader
    answer = form.send(client, changes={"reason": "abuse", "words": "Look: «…»"})
    assert answer.status_code == 303
    made = Flag.objects.get()
    assert (made.reason, made.words, made.weight) == (Reason.ABUSE, "Look: «…»", 0)
    thanks = client.get(answer["Location"]).text
    assert "We have your report" in thanks
    assert "It does not by itself help to hide the comment" in thanks
    assert "The comment stays where it is" in thanks
    assert reverse("comments:transparency") in thanks


def test_a_trusted_reader_is_told_what_the_report_counts(client) -> None:
    set_policy(reports_to_hide=2)
    rana = create_comment(user=create_reader()).author.user
    client.force_login(rana)
    thanks = sent(client, create_comment())
    assert "Yours carries weight" in thanks
    assert "Once 2 such reports of one comment wait" in thanks


def test_the_report_that_hides_says_so(client) -> None:
    client.force_login(create_comment(user=create_reader()).author.user)
    comment = create_comment()
    thanks = sent(client, comment)
    assert "the comment is hidden" in thanks
    assert Comment.objects.get(pk=comment.pk).state == State.HIDDEN


def test_whoever_reports_something_illegal_is_led_to_the_notice(client) -> None:
    comment = create_comment()
    notice = f"{reverse('comments:notice')}?comment={comment.pk}"
    assert notice in client.get(address(comment)).text
    assert notice in sent(client, comment, reason="illegal")


def test_the_page_that_thanks_is_for_one_report(client) -> None:
    comment, other = create_comment(), create_comment()
    answer = client.post(address(comment), {"reason": "spam", "words": ""})
    token = answer["Location"].partition("?sent=")[2]
    assert client.get(address(other), {"sent": token}).status_code == 404
    assert client.get(address(comment), {"sent": "1:forged"}).status_code == 404
    assert client.get(address(comment), {"sent": ""}).status_code == 404


def test_a_double_click_reports_once(client) -> None:
    comment = create_comment()
    assert sent(client, comment, words="Rude\r\nwords") == sent(
        client, comment, words="Rude\nwords"
    )
    assert Flag.objects.count() == 1


def test_a_second_report_is_refused_with_the_words(client) -> None:
    comment = create_comment()
    sent(client, comment)
    again = client.post(address(comment), {"reason": "spam", "words": "One more thing"})
    assert again.status_code == 409
    assert "You have reported it already" in again.text
    assert "One more thing" in again.text
    assert "Send the report" not in again.text


@pytest.mark.parametrize("network", ["198.51.100.1", "2001:db8:1:2::5"])
def test_one_household_is_one_reader(network) -> None:
    comment = create_comment()
    other = network[:-1] + "6"
    first = Client(REMOTE_ADDR=network).post(address(comment), {"reason": "spam"})
    second = Client(REMOTE_ADDR=other).post(address(comment), {"reason": "abuse"})
    assert first.status_code == 303
    assert second.status_code == (409 if ":" in network else 303)


def test_ones_own_comment_is_not_reported(client) -> None:
    rana = create_reader()
    client.force_login(rana)
    comment = create_comment(user=rana)
    page = client.get(address(comment)).text
    assert "You wrote this comment" in page
    assert "Send the report" not in page
    answer = client.post(address(comment), {"reason": "spam", "words": "Mine"})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    guests = create_comment(browser="b" * 32)
    assert browser_of("b" * 32).post(address(guests), {"reason": "spam"}).status_code == 409
    assert not Flag.objects.exists()


@pytest.mark.parametrize("reason", ["", "fits", "undone", "<script>", "spam\x00"])
def test_a_reason_cannot_be_made_up(reason, client) -> None:
    comment = create_comment()
    answer = client.post(address(comment), {"reason": reason, "words": "Kept"})
    assert answer.status_code == 400
    assert "Kept" in answer.text
    assert "Choose" in answer.text
    assert not Flag.objects.exists()


def test_something_else_is_described(client) -> None:
    comment = create_comment()
    answer = client.post(address(comment), {"reason": "other", "words": " \u200b "})
    assert answer.status_code == 400
    assert "Describe what is wrong" in answer.text
    assert "We have your report" in sent(client, comment, reason="other", words="It is odd.")


@pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.DELETED, State.HIDDEN])
def test_what_is_not_public_cannot_be_looked_at_here(state, client) -> None:
    comment = create_comment(state=state, text="Not for you")
    for answer in (client.get(address(comment)), client.post(address(comment), {"reason": "spam"})):
        assert answer.status_code == 404
        assert "Not for you" not in answer.text


def test_a_comment_that_goes_meanwhile_leaves_the_words(client) -> None:
    comment = create_comment()
    moderation.reject(comment, user=create_moderator(), reason=Reason.SPAM)
    answer = client.post(address(comment), {"reason": "spam", "words": "It was advertising"})
    assert answer.status_code == 404
    assert "It was advertising" in answer.text


def test_the_page_stays_out_of_caches(client) -> None:
    page = client.get(address(create_comment()))
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert client.delete(page.request["PATH_INFO"]).status_code == 405
