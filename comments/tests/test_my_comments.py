"""My comments: what became of each and why, where one stands, and letters about answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation
from comments.appeals import appeal, decide_appeal
from comments.models import Appeal, Comment
from comments.states import Reason, State
from comments.tests.browsers import browser_of
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = pytest.mark.django_db

ACCOUNT, MINE = "/account/comments/", "/comments/mine/"
BROWSER = "b" * 32


@pytest.fixture(autouse=True)
def policy(db, settings):
    settings.COMMENT_LIMITS = {"comment": ()}
    return set_policy(approvals_to_post=2, approvals_to_weigh=3, reports_to_hide=3)


@pytest.fixture
def mo():
    return create_moderator(name="Mo Derator")


@pytest.fixture
def rana():
    return create_reader(name="Rana", email="rana@example.org")


@pytest.fixture
def signed_in(rana) -> Client:
    client = Client()
    client.force_login(rana)
    return client


def text(client: Client, address: str = MINE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.text.split())


# Who sees what


def test_the_account_page_asks_to_sign_in(client) -> None:
    response = client.get(ACCOUNT)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={ACCOUNT}"
    assert client.post(ACCOUNT, {"letters": "none"}).status_code == 302


def test_strangers_are_told_how_to_get_here(client) -> None:
    create_comment(text="Somebody else's")
    for stranger in (client, browser_of("f" * 32), browser_of("")):
        page = text(stranger)
        assert "Somebody else" not in page
        assert "The letters about a comment lead to it" in page
        assert reverse("account_signup") in page
        assert not stranger.get(MINE).cookies.get("sessionid")
    assert "We do not know this browser" in text(client)


def test_everybody_sees_their_own_and_nothing_else(rana, signed_in) -> None:
    create_comment(user=rana, text="Mine alone")
    create_comment(user=create_reader(), text="Somebody else's")
    guest = create_comment(browser=BROWSER, text="A guest's")
    pages = {
        "Mine alone": [text(signed_in), text(signed_in, ACCOUNT)],
        "A guest&#x27;s": [
            text(browser_of(BROWSER)),
            text(browser_of("c" * 32, confirmed=[guest.author.pk])),
        ],
    }
    words = ["Mine alone", "Somebody else", "A guest"]
    for own, shown in pages.items():
        for page in shown:
            assert [word in page for word in words] == [own.startswith(word) for word in words]


def test_an_account_sees_what_its_owner_wrote_as_a_guest(rana, signed_in) -> None:
    create_comment(email="rana@example.org", text="Before I had an account")
    assert "Before I had an account" in text(signed_in, ACCOUNT)


def test_the_page_is_private(signed_in) -> None:
    response = signed_in.get(MINE)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "rana@example.org" not in response.text


def test_the_account_leads_here(signed_in) -> None:
    assert f'href="{ACCOUNT}"' in signed_in.get(reverse("account_email")).text
    assert f'<a href="{ACCOUNT}" aria-current="page">' in text(signed_in, ACCOUNT)


# Each comment


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.PENDING, "First comments of a person are read by a moderator."),
        (State.HIDDEN, "Several readers reported it."),
        (State.REJECTED, "It is not about the guide or the comment that it answers."),
        (State.APPROVED, ""),
        (State.DELETED, ""),
    ],
)
def test_each_state_is_told_with_its_reason(state, why, rana, signed_in) -> None:
    comment = create_comment(user=rana, state=state, text="My <b>words</b>")
    page = text(signed_in)
    assert state.label.replace("'", "&#x27;") in page
    assert ("Why: " in page) is bool(why)
    assert why in page
    assert ("My &lt;b&gt;words" in page) is (state != State.DELETED)
    assert comment.thread.article.get_absolute_url() in page
    assert comment.acts.newest_first()[0].get_absolute_url() in page


def test_a_rejection_has_the_moderators_words_and_the_way_to_appeal(rana, signed_in, mo) -> None:
    comment = create_comment(user=rana)
    act = moderation.reject(comment, user=mo, reason=Reason.SPAM, statement="It sells <i>x</i>.")
    page = text(signed_in)
    assert "It sells &lt;i&gt;x&lt;/i&gt;." in page
    assert f'<a href="{act.get_absolute_url()}">Reasons, and how to appeal</a>' in page
    assert "Mo Derator" not in page
    made = appeal(act, "No.")
    assert "Your appeal: received, a moderator looks at it." in text(signed_in)
    decide_appeal(made, Appeal.Outcome.UPHELD, user=create_moderator(), statement="Yes.")
    assert "Your appeal: The decision stands." in text(signed_in)


def test_an_undone_approval_tells_the_reason_that_stands_again(rana, signed_in, mo) -> None:
    comment = create_comment(user=rana)
    moderation.reject(comment, user=create_moderator(), reason=Reason.ABUSE)
    moderation.undo(moderation.approve(comment, user=mo), user=mo)
    assert "Why: It attacks or demeans people." in text(signed_in)


def test_public_answers_are_linked_and_others_are_not(rana, signed_in) -> None:
    comment = create_comment(user=rana)
    answers = [create_comment(parent=comment, name=f"Reader <{number}>") for number in range(6)]
    create_comment(parent=comment, name="Not yet", state=State.PENDING)
    page = text(signed_in)
    assert f'<a href="{answers[0].get_absolute_url()}"><bdi>Reader &lt;0&gt;</bdi></a>' in page
    assert "Reader &lt;4&gt;" in page
    assert "Reader &lt;5&gt;" not in page
    assert "and 1 more" in page
    assert "Not yet" not in page


def test_change_and_delete_stand_there_while_they_are_possible(rana, signed_in) -> None:
    comment = create_comment(user=rana)
    edit = reverse("comments:edit", args=[comment.pk])
    assert edit in text(signed_in)
    create_comment(parent=comment)
    assert edit not in text(signed_in)
    other = create_comment(user=rana)
    past = timezone.now() - timedelta(minutes=16)
    Comment.objects.filter(pk=other.pk).update(created_at=past)
    assert reverse("comments:edit", args=[other.pk]) not in text(signed_in)


def test_where_the_browser_is_not_the_writers_nothing_can_be_changed() -> None:
    comment = create_comment(browser=BROWSER, state=State.UNCONFIRMED, text="Somebody typed it")
    elsewhere = browser_of("c" * 32, confirmed=[comment.author.pk])
    assert reverse("comments:edit", args=[comment.pk]) in text(browser_of(BROWSER))
    assert "Somebody typed it" in text(elsewhere)
    assert reverse("comments:edit", args=[comment.pk]) not in text(elsewhere)


def test_the_newest_stand_first_and_pages_follow(rana, signed_in) -> None:
    article = create_live_guide()
    comments = [create_comment(article, user=rana, text=f"Number {n}.") for n in range(21)]
    first = text(signed_in)
    assert first.index("Number 20.") < first.index("Number 19.")
    assert "Number 0." not in first
    assert 'href="?page=2"' in first
    assert "Number 0." in text(signed_in, f"{MINE}?page=2")
    assert comments[0].is_public
    for page in ("3", "0", "x", "²"):
        assert signed_in.get(MINE, {"page": page}).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_do_not_depend_on_the_comments(
    count, rana, signed_in, mo, django_assert_num_queries
) -> None:
    article = create_live_guide()
    for number in range(count):
        comment = create_comment(article, user=rana)
        create_comment(parent=comment)
        if number % 3 == 0:
            moderation.reject(comment, user=mo, reason=Reason.SPAM)
    with django_assert_num_queries(12):
        signed_in.get(ACCOUNT)
