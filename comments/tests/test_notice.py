"""Notices of content against the law: the form, the page of the notice, and deciding it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import moderation, reports
from comments.identity import Visitor
from comments.models import Comment, Notice
from comments.moderation import DecisionError
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.pages import form_with

pytestmark = pytest.mark.django_db

FORM = "/comments/notice/"
REMOVED, KEPT = Notice.Outcome.REMOVED, Notice.Outcome.KEPT


@pytest.fixture
def mo():
    return create_moderator(name="Mo Derator")


def filled(**fields) -> dict:
    return {
        "address": "/guides/somewhere/",
        "explanation": "§ 186 StGB: «…» says of me what is not true. حق",
        "name": "Nora Notifier",
        "email": "nora@example.net",
        "in_good_faith": "on",
        **fields,
    }


def file(**fields) -> Notice:
    sent = {name: value for name, value in filled(**fields).items() if name != "in_good_faith"}
    return reports.file_notice(visitor=Visitor(), network="198.51.100.1", **sent)


# Sending it


def test_the_form_knows_the_comment(client) -> None:
    comment = create_comment()
    page = client.get(FORM, {"comment": comment.pk})
    form = form_with(page, "explanation")
    assert form.fields["address"] == f"{site.SITE_URL}{comment.get_absolute_url()}"
    assert "in_good_faith" not in form.fields  # the reader says it, not we
    assert "sexual abuse of a child" in page.text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("asked", ["", "x", "0", "-1", "9" * 30, "١٢", "1 or 1=1"])
def test_the_form_opens_whatever_was_asked(asked, client) -> None:
    page = client.get(FORM, {"comment": asked})
    assert page.status_code == 200
    assert form_with(page, "explanation").fields["address"] == ""


def test_the_form_tells_nothing_of_comments_that_are_not_public(client) -> None:
    hidden = create_comment(state=State.REJECTED)
    page = client.get(FORM, {"comment": hidden.pk})
    assert form_with(page, "explanation").fields["address"] == ""


def test_a_notice_is_stored_and_acknowledged(client) -> None:
    comment = create_comment()
    form = form_with(client.get(FORM, {"comment": comment.pk}), "explanation")
    answer = form.send(client, changes={**filled(), "address": form.fields["address"]})
    assert answer.status_code == 303
    made = Notice.objects.get()
    assert answer["Location"] == reverse("comments:notice-status", args=[made.code])
    assert (made.comment, made.is_open, made.in_good_faith) == (comment, True, True)
    assert made.explanation == filled()["explanation"]
    page = client.get(answer["Location"]).text
    assert "We have your notice" in page
    assert made.code in page
    assert "Waits for a moderator" in page


def test_name_and_address_are_optional(client) -> None:
    answer = client.post(FORM, filled(name="", email=""))
    assert answer.status_code == 303
    made = Notice.objects.get()
    assert (made.name, made.email) == ("", "")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("address", "", "Give the address"),
        ("address", "x" * 501, "500 characters"),
        ("explanation", " \n", "Say why it is against the law"),
        ("explanation", "x" * 5001, "None of yours was cut"),
        ("email", "nora@", "not a complete e-mail address"),
        ("name", "x" * 121, "120 characters"),
        ("in_good_faith", "", "only with this statement"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(field, value, says, client) -> None:
    answer = client.post(FORM, filled(**{field: value}))
    assert answer.status_code == 400
    assert says in answer.text
    assert "Not sent yet: one field needs" in answer.text
    assert 'aria-invalid="true"' in answer.text
    kept = form_with(answer, "explanation").fields
    for name, sent in filled(**{field: value}).items():
        assert kept.get(name, "") == sent
    assert not Notice.objects.exists()


def test_the_same_notice_twice_is_one(client) -> None:
    answers = [client.post(FORM, filled()) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    client.post(FORM, filled(explanation="Something else"))
    assert Notice.objects.count() == 2


def test_after_many_notices_one_waits_and_loses_nothing(client) -> None:
    for number in range(5):
        client.post(FORM, filled(explanation=f"Number {number}"))
    answer = client.post(FORM, filled(explanation="Number 5"))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3000
    assert form_with(answer, "explanation").fields["explanation"] == "Number 5"
    assert Client(REMOTE_ADDR="203.0.113.5").post(FORM, filled()).status_code == 303


@pytest.mark.parametrize(
    "where",
    [
        "{url}/comments/{pk}/",
        "/comments/{pk}/",
        " {url}/guides/a-guide/#comment-{pk} ",
        "{url}/comments/on/a-guide/?page=2#comment-{pk}",
    ],
)
def test_the_comment_is_found_by_its_address(where) -> None:
    comment = create_comment()
    address = where.format(url=site.SITE_URL, pk=comment.pk)
    assert file(address=address).comment == comment


@pytest.mark.parametrize(
    "where",
    [
        "https://elsewhere.example/comments/{pk}/",
        "/comments/{pk}/report/",
        "/comments/99999999999999999999/",
        "http://[::1/comments/{pk}/",
        "comment {pk}",
    ],
)
def test_other_addresses_lead_to_no_comment(where) -> None:
    comment = create_comment()
    assert file(address=where.format(pk=comment.pk)).comment is None


def test_a_comment_that_never_was_public_is_not_confirmed_to_exist() -> None:
    comment = create_comment(state=State.PENDING)
    assert file(address=comment.get_absolute_url()).comment is None


# The page of a notice


def status(made: Notice) -> str:
    return " ".join(Client().get(reverse("comments:notice-status", args=[made.code])).text.split())


def test_codes_cannot_be_guessed(client) -> None:
    made = file()
    assert re.fullmatch(r"N-[2-9A-HJ-NP-Z]{10}", made.code)
    for code in ("N-0000000000", made.code.lower(), str(made.pk), f"{made.code}x"):
        assert client.get(reverse("comments:notice-status", args=[code])).status_code == 404


def test_the_page_holds_nothing_of_who_sent_it(mo) -> None:
    made = file()
    for page in (status(made), status(reports.decide_notice(made, KEPT, user=mo, statement="Ok"))):
        for part in ("Nora", "nora@", "186 StGB", "somewhere", "Mo Derator"):
            assert part not in page


def test_the_outcome_stands_on_the_page(mo) -> None:
    made = file()
    reports.decide_notice(made, KEPT, user=mo, statement="An opinion <b>about</b> pay.")
    page = status(made)
    assert "Your notice was decided" in page
    assert "The content stays" in page
    assert "An opinion &lt;b&gt;about&lt;/b&gt; pay." in page
    assert "the courts are open to you" in page


# Deciding it


@pytest.mark.parametrize("state", [State.APPROVED, State.HIDDEN])
def test_a_removal_rejects_the_comment_with_the_same_words(state, mo) -> None:
    comment = create_comment(state=state)
    made = file(address=comment.get_absolute_url())
    decided = reports.decide_notice(made, REMOVED, user=mo, statement=" § 186 StGB. ")
    comment.refresh_from_db()
    act = comment.acts.newest_first()[0]
    assert comment.state == State.REJECTED
    assert (act.reason, act.statement, act.actor) == (Reason.ILLEGAL, "§ 186 StGB.", mo)
    assert (decided.act, decided.outcome, decided.decided_by) == (act, REMOVED, mo)
    with pytest.raises(DecisionError, match="answers an appeal or a notice"):
        moderation.undo(act, user=mo)


def test_what_is_gone_already_stays_gone(mo) -> None:
    for state in (State.REJECTED, State.DELETED):
        comment = create_comment()
        made = file(address=comment.get_absolute_url(), explanation=state)
        if state == State.REJECTED:
            moderation.reject(comment, user=mo, reason=Reason.SPAM)
        else:
            moderation.decide(comment, state, actor=moderation.WRITER, reason=Reason.WRITER)
        count = comment.acts.count()
        decided = reports.decide_notice(made, REMOVED, user=mo, statement="It is gone.")
        assert decided.act is None
        assert comment.acts.count() == count


def test_a_notice_about_a_guide_is_decided_without_a_comment(mo) -> None:
    decided = reports.decide_notice(file(), REMOVED, user=mo, statement="We corrected the guide.")
    assert (decided.outcome, decided.act) == (REMOVED, None)


def test_keeping_touches_nothing(mo) -> None:
    comment = create_comment()
    made = file(address=comment.get_absolute_url())
    count = comment.acts.count()
    reports.decide_notice(made, KEPT, user=mo, statement="No law forbids it.")
    assert Comment.objects.get(pk=comment.pk).is_public
    assert comment.acts.count() == count


def refused(made: Notice, user, outcome=REMOVED, statement="Because.") -> str:
    with pytest.raises(DecisionError) as error:
        reports.decide_notice(made, outcome, user=user, statement=statement)
    made.refresh_from_db()
    return str(error.value)


def test_a_notice_is_decided_once_with_words_by_somebody_else(mo) -> None:
    comment = create_comment(user=mo)
    made = file(address=comment.get_absolute_url())
    assert "concerns you" in refused(made, mo)
    ida = create_moderator()
    assert "Say why" in refused(made, ida, statement=" ")
    assert "removed or stays" in refused(made, ida, outcome="deleted")
    assert made.is_open
    reports.decide_notice(made, KEPT, user=ida, statement="It stays.")
    assert "Somebody has decided" in refused(made, create_moderator())
    mine = file(email=ida.email.upper(), explanation="I sent it")
    assert "concerns you" in refused(mine, ida)
    assert Comment.objects.get(pk=comment.pk).is_public


def test_the_sender_is_forgotten_some_time_after_the_decision(mo) -> None:
    old, fresh, waiting = (file(explanation=str(number)) for number in range(3))
    for made in (old, fresh):
        reports.decide_notice(made, KEPT, user=mo, statement="Stays.")
    past = timezone.now() - timedelta(days=201)
    Notice.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=past)
    Notice.objects.filter(pk=old.pk).update(decided_at=past)
    assert reports.forget_notifiers(timezone.now()) == 1
    assert set(Notice.objects.exclude(email="").values_list("pk", flat=True)) == {
        fresh.pk,
        waiting.pk,
    }


def test_a_reader_of_an_account_sends_a_notice_too(client) -> None:
    client.force_login(create_reader())
    assert client.post(FORM, filled()).status_code == 303
    assert client.patch(FORM).status_code == 405
