"""My comments: where one stands on the ladder, restrictions, and letters about answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Flag
from comments.states import Action, Reason, State
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


# The ladder


def test_the_ladder_says_where_one_stands_and_what_is_next(rana, signed_in) -> None:
    for state, step in (
        (State.PENDING, ("Step 1 of 3", "New here:", "After 2 more approved comments")),
        (State.APPROVED, ("Step 1 of 3", "New here:", "After 1 more approved comment yours")),
        (State.APPROVED, ("Step 2 of 3", "Known:", "After 1 more your reports carry weight")),
        (State.APPROVED, ("Step 3 of 3", "Trusted:", "Nothing: this is the last step.")),
    ):
        create_comment(user=rana, state=state)
        page = text(signed_in)
        for words in step:
            assert words in page
    assert "A report of yours counts 1; a comment is hidden at 3." in page


def test_a_demotion_is_dated(rana, signed_in, mo) -> None:
    create_comment(user=rana)
    act = moderation.reject(create_comment(user=rana), user=mo, reason=Reason.SPAM)
    page = text(signed_in)
    assert f"A comment of yours was rejected on {act.at:%-d %B %Y}" in page
    assert "None of your comments counts at present" in page


def test_restrictions_are_told_with_their_reasons_while_they_hold(rana, signed_in, mo) -> None:
    person = create_comment(user=rana).author
    until = timezone.now() + timedelta(days=2)
    acts = [
        moderation.restrict(person, Action.HOLD_ALWAYS, user=mo, reason=Reason.SPAM),
        moderation.restrict(
            person, Action.SUSPEND, user=mo, reason=Reason.ABUSE, statement="Two days.", until=until
        ),
    ]
    page = text(signed_in)
    assert "A moderator reads each of your comments first." in page
    assert f"You cannot comment until {until:%-d %B %Y, %H:%M} UTC" in page
    assert "Two days." in page
    for act in acts:
        assert act.get_absolute_url() in page
    assert "While a restriction holds, a report of yours is read" in page
    moderation.restrict(person, Action.LIFT, user=mo, reason=Reason.SECOND_LOOK)
    assert "You cannot comment" not in text(signed_in)


def test_ones_reports_are_counted(rana, signed_in, mo) -> None:
    person = create_comment(user=rana).author
    for _ in range(2):
        comment = create_comment()
        Flag.objects.create(comment=comment, reporter=person, reporter_key="k", reason="spam")
    moderation.reject(comment, user=mo, reason=Reason.SPAM)
    assert "You reported 2 comments; 1 was removed." in text(signed_in)


def test_a_stranger_learns_nothing_of_the_person_behind_an_address(mo) -> None:
    victim = create_comment(email="victim@example.org").author
    moderation.restrict(victim, Action.BAN, user=mo, reason=Reason.ABUSE)
    create_comment(author=victim, browser=BROWSER, state=State.UNCONFIRMED)  # typed, not proven
    page = text(browser_of(BROWSER))
    assert "Step 1" not in page
    assert "You cannot comment" not in page
    assert "Step 1" in text(browser_of("c" * 32, confirmed=[victim.pk]))


# Letters about answers


def wants(comment: Comment) -> bool:
    return Comment.objects.get(pk=comment.pk).wants_replies


def test_letters_are_switched_for_one_and_off_for_all(rana, signed_in) -> None:
    first, second = (create_comment(user=rana) for _ in range(2))
    for address in (MINE, ACCOUNT):
        answer = signed_in.post(address, {"letters": "on", "comment": first.pk})
        assert (answer.status_code, answer.url) == (303, f"{address}#mine-{first.pk}")
        assert (wants(first), wants(second)) == (True, False)
        assert "Answers to it are mailed to you." in text(signed_in)
        signed_in.post(address, {"letters": "off", "comment": first.pk})
        assert not wants(first)
    Comment.objects.update(wants_replies=True)
    assert signed_in.post(MINE, {"letters": "none"}).url == MINE
    assert not Comment.objects.filter(wants_replies=True).exists()


def test_nobody_switches_letters_of_others(signed_in) -> None:
    other = create_comment(wants_replies=True)
    signed_in.post(MINE, {"letters": "off", "comment": other.pk})
    signed_in.post(MINE, {"letters": "none"})
    browser_of("f" * 32).post(MINE, {"letters": "none"})
    Client().post(MINE, {"letters": "off", "comment": other.pk})
    assert wants(other)


def test_what_is_gone_takes_no_letters(rana, signed_in) -> None:
    for state in (State.REJECTED, State.DELETED):
        comment = create_comment(user=rana, state=state)
        signed_in.post(MINE, {"letters": "on", "comment": comment.pk})
        assert not wants(comment)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"letters": "on"},
        {"letters": "maybe", "comment": "1"},
        {"letters": "on", "comment": "x"},
    ],
)
def test_a_form_that_is_not_ours_changes_nothing(sent, signed_in) -> None:
    assert signed_in.post(MINE, sent).status_code == 400


def test_a_form_without_its_token_changes_nothing(rana) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(rana)
    comment = create_comment(user=rana)
    answer = client.post(MINE, {"letters": "on", "comment": comment.pk})
    assert answer.status_code == 403
    assert not wants(comment)
