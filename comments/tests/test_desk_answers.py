"""Appeals and notices at the desk: shown with all that is needed, decided with a statement."""

import pytest
from django.test import Client

from accounts.models import User
from comments import moderation
from comments.appeals import appeal
from comments.models import Appeal, Comment, Notice
from comments.states import Action, Reason, State
from comments.tests.desk import (
    APPEALS,
    NOTICES,
    sign_in_moderator,
    state_of,
    typed_in,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db
WORDS = "The guide <says> so itself.\nRead on."


def create_appeal(*, by: User | None = None, text: str = "I was on topic.") -> Appeal:
    by = by or create_moderator(name="Carla Colleague")
    comment = create_comment(state=State.PENDING, text="Words about *queues*.")
    act = moderation.reject(comment, user=by, reason=Reason.OFF_TOPIC, statement="Not here.")
    return appeal(act, text)


def create_notice(comment: Comment | None = None, **fields) -> Notice:
    return Notice.objects.create(
        comment=comment,
        address="https://site.example/comments/1/",
        explanation="My <number> stands there.",
        in_good_faith=True,
        **fields,
    )


def answer(client: Client, url: str, do: str, row: Appeal | Notice, words: str = WORDS):
    fields = {"do": f"{do}:{row.pk}", f"statement-{row.pk}": words}
    return client.post(url, fields, follow=True)


def test_an_appeal_stands_with_the_decision_and_the_comment(client: Client) -> None:
    sign_in_moderator(client)
    create_appeal(text="I was <on> topic.")
    response = client.get(APPEALS)
    text = words_in(response)

    assert "Appeals 1" in text
    assert "Gus Guest appeals" in text
    assert "I was &lt;on&gt; topic." in response.content.decode()
    assert "Carla Colleague" in text
    assert "It is not about the guide or the comment that it answers. Not here." in text
    assert "<p>Words about <em>queues</em>.</p>" in response.content.decode()
    assert "The decision stands" in text


@pytest.mark.parametrize(
    ("button", "outcome", "state", "says"),
    [
        ("uphold", Appeal.Outcome.UPHELD, State.REJECTED, "the decision stands"),
        ("reverse", Appeal.Outcome.REVERSED, State.APPROVED, "the decision was reversed"),
    ],
)
def test_an_appeal_is_decided(
    client: Client, button: str, outcome: str, state: State, says: str
) -> None:
    mo = sign_in_moderator(client)
    made = create_appeal()
    response = answer(client, APPEALS, button, made)
    made.refresh_from_db()

    assert f"Appeal: {says}, and the writer is told." in words_in(response)
    assert (made.outcome, made.statement, made.decided_by) == (outcome, WORDS, mo)
    assert state_of(made.act.comment) == state
    assert "No appeal waits" in words_in(response)
    assert "Read on." in words_in(response).split("Decided last")[1]


def test_an_appeal_against_a_restriction_is_decided(client: Client) -> None:
    sign_in_moderator(client)
    person = create_comment(user=create_reader(name="Rana Reader")).author
    carla, why = create_moderator(), Reason.ABUSE
    made = appeal(moderation.restrict(person, Action.BAN, user=carla, reason=why), "Why?")

    assert "Rana Reader appeals" in words_in(client.get(APPEALS))
    answer(client, APPEALS, "reverse", made)
    person.refresh_from_db()
    assert not person.is_banned


def test_who_decided_does_not_decide_the_appeal(client: Client) -> None:
    mo = sign_in_moderator(client)
    made = create_appeal(by=mo)
    page = client.get(APPEALS)

    assert "Another moderator decides this" in words_in(page)
    assert "reverse:" not in page.content.decode()
    response = answer(client, APPEALS, "reverse", made)  # crafted by hand
    assert response.status_code == 400
    assert "Another moderator decides" in words_in(response)
    made.refresh_from_db()
    assert made.is_open


def test_nobody_decides_their_own_appeal(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.PENDING, user=mo)
    act = moderation.reject(comment, user=create_moderator(), reason=Reason.SPAM)
    made = appeal(act, "It was not.")

    assert "reverse:" not in client.get(APPEALS).content.decode()
    answer(client, APPEALS, "reverse", made)
    made.refresh_from_db()
    assert made.is_open


def test_a_notice_stands_with_its_comment_and_without_the_address_of_who_sent_it(
    client: Client,
) -> None:
    sign_in_moderator(client)
    comment = create_comment(text="Call 0123.")
    create_notice(comment, name="Nora Notice", email="nora@example.net")
    response = client.get(NOTICES)
    html, text = response.content.decode(), words_in(response)

    assert "Notices 1" in text
    assert "My &lt;number&gt; stands there." in html
    assert "https://site.example/comments/1/" in text
    assert "Call 0123." in text
    assert "Nora Notice" in text
    assert "nora@" not in html


@pytest.mark.parametrize(
    ("button", "before", "after", "outcome"),
    [
        ("remove", State.APPROVED, State.REJECTED, Notice.Outcome.REMOVED),
        ("remove", State.PENDING, State.REJECTED, Notice.Outcome.REMOVED),
        ("remove", State.DELETED, State.DELETED, Notice.Outcome.REMOVED),
        ("stay", State.APPROVED, State.APPROVED, Notice.Outcome.KEPT),
    ],
)
def test_a_notice_is_decided(
    client: Client, button: str, before: State, after: State, outcome: str
) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=before)
    made = create_notice(comment)
    response = answer(client, NOTICES, button, made)
    made.refresh_from_db()

    assert made.code in words_in(response)
    assert (made.outcome, made.statement, made.decided_by) == (outcome, WORDS, mo)
    assert state_of(comment) == after
    if before != after:
        act = comment.acts.newest_first()[0]
        assert (act.reason, act.actor) == (Reason.ILLEGAL, mo)


def test_a_notice_without_a_comment_is_decided(client: Client) -> None:
    sign_in_moderator(client)
    made = create_notice()

    assert "names no comment of ours" in words_in(client.get(NOTICES))
    answer(client, NOTICES, "stay", made)
    made.refresh_from_db()
    assert made.outcome == Notice.Outcome.KEPT


def test_a_party_does_not_decide_a_notice(client: Client) -> None:
    mo = sign_in_moderator(client)
    made = create_notice(create_comment(), email=mo.email.upper())

    assert "remove:" not in client.get(NOTICES).content.decode()
    answer(client, NOTICES, "remove", made)
    made.refresh_from_db()
    assert made.is_open


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
@pytest.mark.parametrize(("url", "button"), [(APPEALS, "uphold"), (NOTICES, "stay")])
def test_a_statement_is_asked_for_and_kept(
    client: Client, url: str, button: str, words: str
) -> None:
    sign_in_moderator(client)
    made = create_appeal() if url == APPEALS else create_notice()
    response = answer(client, url, button, made, words)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert typed_in(response, f"statement-{made.pk}") == words
    made.refresh_from_db()
    assert made.is_open


@pytest.mark.parametrize(("url", "button"), [(APPEALS, "uphold"), (NOTICES, "stay")])
def test_who_was_slower_reads_the_outcome_and_keeps_the_words(
    client: Client, url: str, button: str
) -> None:
    sign_in_moderator(client, name="Ida First")
    made = create_appeal() if url == APPEALS else create_notice()
    answer(client, url, button, made, "Mine.")
    sign_in_moderator(client, name="Slow Second")
    response = answer(client, url, button, made)
    text = words_in(response)

    assert response.status_code == 400
    assert "Ida First was quicker" in text
    assert "In their words: “Mine.”" in text
    assert typed_in(response, f"statement-{made.pk}") == WORDS


@pytest.mark.parametrize("url", [APPEALS, NOTICES])
def test_a_form_without_its_token_comes_back_filled_in(url: str) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in_moderator(client)
    made = create_appeal() if url == APPEALS else create_notice()
    response = answer(client, url, "uphold" if url == APPEALS else "stay", made)

    assert response.status_code == 403
    assert typed_in(response, f"statement-{made.pk}") == WORDS
    made.refresh_from_db()
    assert made.is_open


@pytest.mark.parametrize("url", [APPEALS, NOTICES])
@pytest.mark.parametrize("do", ["", "uphold", "fly:1", "approve:1", "uphold:999", "stay:999"])
def test_a_button_that_does_not_exist_decides_nothing(client: Client, url: str, do: str) -> None:
    sign_in_moderator(client)
    made = create_appeal() if url == APPEALS else create_notice()
    response = client.post(url, {"do": do, f"statement-{made.pk}": WORDS})

    assert response.status_code == 400
    assert typed_in(response, f"statement-{made.pk}") == WORDS
    made.refresh_from_db()
    assert made.is_open


@pytest.mark.parametrize("url", [APPEALS, NOTICES])
def test_words_beside_another_case_survive(client: Client, url: str) -> None:
    sign_in_moderator(client)
    make = create_appeal if url == APPEALS else create_notice
    made, other = make(), make()
    button = "uphold" if url == APPEALS else "stay"
    fields = {f"statement-{made.pk}": "So.", f"statement-{other.pk}": WORDS}
    response = client.post(url, {**fields, "do": f"{button}:{made.pk}"})

    assert response.status_code == 200
    assert typed_in(response, f"statement-{other.pk}") == WORDS


@pytest.mark.parametrize("url", [APPEALS, NOTICES])
def test_queries_do_not_grow_with_the_cases(
    client: Client, url: str, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    sign_in_moderator(client)

    def add(number: int) -> None:
        for _ in range(number):
            if url == APPEALS:
                create_appeal()
            else:
                create_notice(create_comment())

    add(1)
    client.get(url)
    with django_assert_max_num_queries(20) as first:
        client.get(url)
    add(5)
    with django_assert_num_queries(len(first)):
        client.get(url)
