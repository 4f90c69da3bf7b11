"""The page on how comments are moderated: it explains, counts, dates, and points nobody out."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.appeals import appeal, decide_appeal
from comments.house_rules import HOUSE_RULES
from comments.models import Appeal
from comments.states import REJECTIONS, Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = pytest.mark.django_db

PAGE = "/transparency/"


def text(client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_a_new_site_says_that_nothing_was_received(client) -> None:
    page = text(client)
    assert "No comment was received yet." in page
    assert "There is nothing to count yet." in page
    assert "<table>" not in page


def test_every_reason_of_a_rejection_is_explained(client) -> None:
    page = text(client)
    assert {rule.reason for rule in HOUSE_RULES} == set(REJECTIONS)
    for rule in HOUSE_RULES:
        assert rule.name in page
        assert rule.text in page
    assert 'id="rules"' in page


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("all", "every comment is read by a moderator before it appears"),
        ("first", "the first comments of each person are read"),
        ("none", "comments appear at once"),
    ],
)
def test_the_steps_are_told_with_the_numbers_of_the_policy(mode, words, client) -> None:
    set_policy(mode=mode, approvals_to_post=3, approvals_to_weigh=17, reports_to_hide=4)
    page = text(client)
    assert f"At present {words}" in page
    assert "After 3 approved comments" in page
    assert "After 17" in page
    assert "when 4 such reports of one comment wait" in page


def test_the_figures_are_dated_and_told(client) -> None:
    mo, ida = create_moderator(), create_moderator()
    for _ in range(5):
        act = create_comment(state=State.REJECTED, by=mo).acts.newest_first()[0]
    decide_appeal(appeal(act, "No."), Appeal.Outcome.REVERSED, user=ida, statement="Right.")
    create_comment(state=State.PENDING)
    page = text(client)
    today = f"{timezone.now():%-d %b %Y}"
    assert "counted on <time" in page
    assert today in page
    assert "<dt>Comments received</dt><dd><b>6</b></dd>" in page
    assert "<b>less than a minute</b>, the median of 5" in page
    assert "<dt>Rejected or removed</dt><dd><b>5</b></dd>" in page
    assert "<b>1</b> of 1 appeal that was decided" in page
    assert "<dt>Waiting now</dt><dd><b>1</b>, the oldest since" in page
    assert "5 in twelve months" in page
    assert "Decisions about comments in twelve months" in page
    assert "The log begins on" in page


def test_few_rejections_are_not_told_by_reason(client) -> None:
    create_comment(state=State.REJECTED, reason=Reason.PERSONAL_DATA)
    page = text(client)
    assert "<dt>Rejected or removed</dt><dd><b>1</b></dd>" in page
    assert "Fewer than 5 comments were rejected" in page
    assert "in twelve months</p>" not in page
    assert "Too few waited to say (1)" in page


def test_nobody_is_named(client) -> None:
    mo = create_moderator(name="Mo Derator")
    rana = create_reader(name="Rana Reader", email="rana@example.org")
    for _ in range(2):
        create_comment(user=rana, state=State.REJECTED, by=mo, text="Her own words")
    page = text(client)
    for part in ("Mo Derator", "Rana", "example.org", "Her own words"):
        assert part not in page


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(client) -> None:
    create_comment()
    before = client.get(PAGE)
    client.force_login(create_reader())
    after = client.get(PAGE)
    assert not before.cookies
    assert not after.cookies
    assert "csrfmiddlewaretoken" not in after.text
    assert client.post(PAGE).status_code == 405


def test_it_leads_on_and_is_found(client) -> None:
    page = text(client)
    for name in ("comments:notice", "comments:mine"):
        assert f'href="{reverse(name)}"' in page
    assert 'rel="canonical"' in page
    home = client.get(reverse("pages:about")).text
    assert f'<a href="{PAGE}">How comments are moderated</a>' in home


def test_the_queries_are_pinned(client, django_assert_num_queries) -> None:
    mo = create_moderator()
    for state in (State.REJECTED, State.APPROVED, State.PENDING, State.HIDDEN):
        create_comment(state=state, by=mo)
    moderation.reject(create_comment(), user=mo, reason=Reason.SPAM)
    with django_assert_num_queries(8):  # seven of the figures, and the policy
        client.get(PAGE)
