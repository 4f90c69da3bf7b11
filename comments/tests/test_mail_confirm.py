"""The letter that asks whether a comment is yours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import notifications, posting
from comments.letters import without_addresses
from comments.models import Attempt
from comments.states import State
from comments.tests.factories import create_comment, create_reader
from comments.tests.post import html, letter, letters, path_in, said, waiting
from mailing.models import Fate, Letter

pytestmark = pytest.mark.django_db


def unconfirmed(**fields):
    return create_comment(state=State.UNCONFIRMED, **fields)


def test_it_says_what_happens_and_quotes_the_comment() -> None:
    guide = create_live_guide(title="Queues & caches")
    comment = unconfirmed(article=guide, text="One.\n\nTwo <b>.", email="me@example.org")
    message = letter()
    assert message.to == ["me@example.org"]
    assert message.subject == "Is this comment on “Queues & caches” yours?"
    words = said(message)
    assert words.startswith("Hello,\n\n")
    assert "> One. > > Two <b>." in words
    assert "If it was not you, you need do nothing" in words
    assert "The link works for 30 days." in words
    assert "You get this letter because this address was typed into the form" in words
    path_in(message, "confirm")
    assert "<blockquote>\n<p>One.</p>\n<p>Two &lt;b&gt;.</p>\n</blockquote>" in html(message)
    comment.refresh_from_db()
    assert comment.state == State.UNCONFIRMED


def test_it_goes_out_at_once() -> None:
    unconfirmed()
    assert Letter.objects.due().count() == 1


def test_only_the_beginning_is_quoted() -> None:
    unconfirmed(text="word " * 200)
    assert said(letter()).count("word ") < 300 / 5


def test_it_carries_no_advertising_to_people_who_never_wrote() -> None:
    unconfirmed(
        text="Buy at https://shop.example/?id=1 or shop.com, mail me@shop.online, shop.xyz, "
        "192.0.2.1/x",
        name="Visit https://shop.example now",
    )
    message = letter()
    for text in (message.body, html(message), message.subject):
        assert "shop" not in text
        assert "192.0.2.1" not in text
    assert "> Buy at [link] or [link], mail [link], [link], [link]" in message.body
    assert "The comment, without the addresses in it:" in message.body


def test_words_without_addresses_stay_as_they_are() -> None:
    text = "In node.js, e.g. with asyncio.gather(), 1.5 times faster."
    assert without_addresses(text) == text


def test_an_account_is_not_asked() -> None:
    create_comment(state=State.PENDING, user=create_reader())
    assert letters() == []


def test_another_letter_follows_one_that_is_out() -> None:
    comment = unconfirmed()
    assert letter()
    assert notifications.confirm_letter_fate(comment) == Fate.SENT
    assert notifications.confirm_address(comment) is None
    assert notifications.confirm_letter_fate(comment) == Fate.WAITING
    assert len(letters()) == 2


def test_a_letter_that_waits_is_not_written_twice() -> None:
    comment = unconfirmed()
    notifications.confirm_address(comment)
    assert len(letters()) == 1


def test_an_address_gets_four_such_letters_in_an_hour() -> None:
    """Else anybody could fill somebody's letter-box with our letters."""
    for _ in range(6):
        unconfirmed(email="Victim@example.org")
    assert len(letters()) == 4
    assert Attempt.objects.filter(action="confirm").count() == 4
    assert not Attempt.objects.filter(key__icontains="victim").exists()
    last = create_comment(state=State.UNCONFIRMED, email="victim@example.org")
    assert notifications.confirm_letter_fate(last) is None
    assert notifications.confirm_address(last) <= timedelta(hours=1)
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))
    assert notifications.confirm_address(last) is None
    assert len(letters()) == 5


def test_nothing_is_asked_about_a_comment_that_is_gone() -> None:
    comment = unconfirmed()
    assert waiting() == [f"confirm-{comment.pk}-1"]
    posting.disown(comment)
    assert waiting() == []
    assert letters() == []
