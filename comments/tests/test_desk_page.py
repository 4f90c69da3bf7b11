"""The page of one comment: its thread, its writer, the log, and what can be done there."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation, posting
from comments.models import Commenter, Note
from comments.states import Action, Reason, State
from comments.tests.desk import (
    act_url,
    page_url,
    press,
    sign_in_moderator,
    state_of,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


# What it shows


def test_the_thread_stands_around_the_comment(client: Client) -> None:
    sign_in_moderator(client)
    top = create_comment(text="The top.")
    sibling = create_comment(parent=top, text="A sibling.")
    comment = create_comment(parent=top, text="This *one*.", state=State.PENDING)
    create_comment(parent=sibling, text="Below the sibling.", state=State.REJECTED)
    create_comment(text="Under another guide.")
    response = client.get(page_url(comment))
    around = response.content.decode().split('class="mod-around"')[1].split('id="log"')[0]

    places = [around.index(words) for words in ("The top.", "A sibling.", "Below the", "This <em>")]
    assert places == sorted(places)
    assert "Under another guide." not in around
    assert "answered below" in around
    assert "Rejected" in around


def test_a_long_thread_shows_the_neighbours_and_all_that_is_answered(client: Client) -> None:
    sign_in_moderator(client)
    top = create_comment(text="The top.")
    for number in range(6):
        create_comment(parent=top, text=f"Before {number}.")
    comment = create_comment(parent=top)
    for number in range(12):
        create_comment(parent=top, text=f"After {number}.")
    text = words_in(client.get(page_url(comment)))

    assert "The top." in text
    assert "… " in text
    assert "Before 2." not in text.split("Its writer")[0]
    assert "Before 3." in text
    assert "After 9." in text
    assert "After 10." not in text.split("Its writer")[0]


def test_the_history_of_the_writer_stands_beside_it(client: Client) -> None:
    sign_in_moderator(client)
    rana = create_reader(name="Rana Reader")
    guide = create_live_guide(title="On queues")
    comment = create_comment(guide, user=rana, state=State.PENDING)
    create_comment(guide, user=rana, state=State.REJECTED, text="Buy shoes.", reason=Reason.SPAM)
    for _ in range(25):
        create_comment(guide, text="By somebody else.")
    moderation.restrict(
        Commenter.objects.get(user=rana),
        Action.SUSPEND,
        user=create_moderator(name="Carla Colleague"),
        reason=Reason.SPAM,
        statement="One week.",
        until=timezone.now() + timedelta(days=7),
    )
    beside = words_in(client.get(page_url(comment))).split("Its writer")[1]

    assert "Rana Reader, account. New here: 0 of 2 approved." in beside
    assert "Suspended until" in beside
    assert "of 2: 1 rejected, 1 waiting" in beside
    assert "Buy shoes. It is advertising." in beside
    assert "By somebody else." not in beside
    assert "Carla Colleague Suspend. It is advertising. One week." in beside


def test_at_most_twenty_comments_of_the_writer(client: Client) -> None:
    sign_in_moderator(client)
    guide = create_live_guide()
    made = [create_comment(guide, email="same@example.org") for _ in range(22)]
    html = client.get(page_url(made[-1])).content.decode()
    history = html.split('class="mod-history"')[1].split("</ol>")[0]

    assert history.count("<li") == 20


def test_the_log_says_who_when_and_why(client: Client) -> None:
    mo = sign_in_moderator(client, name="Mo Derator")
    comment = posting.confirm(create_comment(state=State.UNCONFIRMED))
    moderation.reject(comment, user=mo, reason=Reason.OTHER, statement="See <above>.")
    comment.refresh_from_db()
    other = create_comment(state=State.PENDING)
    posting.edit(other, "Other words.")
    log = words_in(client.get(page_url(comment))).split("What was done about it")[1]

    assert log.index("Mo Derator") < log.index("The site, by its rules")
    assert "Waits for a moderator → Rejected. For the reason given below. See <above>." in log
    assert "Received → Waits for its writer's confirmation" in log
    assert "The writer Edit." in words_in(client.get(page_url(other)))


def test_queries_of_the_page_do_not_grow_with_the_thread(
    client: Client, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    sign_in_moderator(client)
    guide = create_live_guide()
    comment = create_comment(guide, email="same@example.org", state=State.PENDING)

    def add(number: int) -> None:
        for _ in range(number):
            create_comment(guide, email="same@example.org", parent=create_comment(guide))
            Note.objects.create(comment=comment, text="Hm.", written_by=create_moderator())

    add(1)
    client.get(page_url(comment))
    with django_assert_max_num_queries(26) as first:
        client.get(page_url(comment))
    add(5)
    with django_assert_num_queries(len(first)):
        client.get(page_url(comment))


def test_an_unknown_comment_is_not_found(client: Client) -> None:
    sign_in_moderator(client)

    assert client.get("/admin/comments/comment/999/change/").status_code == 404
    assert client.get("/admin/comments/comment/nonsense/change/").status_code == 404


# What it does


@pytest.mark.parametrize(
    ("verb", "before", "state", "reason"),
    [
        ("approve", State.PENDING, State.APPROVED, Reason.FITS),
        ("approve", State.REJECTED, State.APPROVED, Reason.FITS),
        ("reject", State.APPROVED, State.REJECTED, Reason.ABUSE),
        ("spam", State.HIDDEN, State.REJECTED, Reason.SPAM),
        ("look-again", State.APPROVED, State.PENDING, Reason.SECOND_LOOK),
    ],
)
def test_decisions(client: Client, verb: str, before: State, state: State, reason: Reason) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=before)
    response = press(client, verb, comment, url=act_url(comment), reason="abuse", statement="So.")
    act = comment.acts.newest_first()[0]

    assert response.redirect_chain
    assert state_of(comment) == state
    assert (act.reason, act.actor) == (reason, mo)


def test_only_a_public_comment_goes_back_to_pending(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.REJECTED)

    assert "Put back" not in words_in(client.get(page_url(comment)))
    press(client, "look-again", comment, url=act_url(comment))
    assert state_of(comment) == State.REJECTED


def test_undo_is_offered_to_who_decided_alone(client: Client) -> None:
    sign_in_moderator(client)
    comment, other = create_comment(state=State.PENDING), create_comment()
    press(client, "approve", comment, url=act_url(comment))

    assert "Take my decision back" in words_in(client.get(page_url(comment)))
    assert "Take my decision back" not in words_in(client.get(page_url(other)))
    press(client, "undo", comment, url=act_url(comment))
    assert state_of(comment) == State.PENDING
    response = press(client, "undo", other, url=act_url(other))
    assert "You can take back your own decisions" in words_in(response)


@pytest.mark.parametrize(
    ("verb", "back", "field", "shown"),
    [("pin", "unpin", "is_pinned", "Pinned"), ("lock", "unlock", "is_locked", "Locked")],
)
def test_pinning_and_locking(client: Client, verb: str, back: str, field: str, shown: str) -> None:
    sign_in_moderator(client)
    comment = create_comment()
    response = press(client, verb, comment, url=act_url(comment))
    comment.refresh_from_db()

    assert getattr(comment, field)
    assert f'<span class="mod-mark">{shown}</span>' in response.content.decode()
    press(client, back, comment, url=act_url(comment))
    comment.refresh_from_db()
    assert not getattr(comment, field)
    assert [act.action for act in comment.acts.newest_first()[:2]] == [back, verb]


def test_no_field_of_a_comment_is_written_from_the_admin(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(text="As it was written.")
    url = page_url(comment)
    fields = {"text": "Changed.", "name": "Changed", "state": "rejected", "_save": "Save"}

    assert client.post(url, fields).status_code == 405
    assert client.post("/admin/comments/comment/", fields).status_code == 405
    assert client.post("/admin/comments/comment/add/", fields).status_code == 403
    delete = f"/admin/comments/comment/{comment.pk}/delete/"
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert 'name="text"' not in client.get(url).content.decode()
    comment.refresh_from_db()
    assert (comment.text, comment.name) == ("As it was written.", "Gus Guest")
    assert client.get(f"/admin/comments/comment/{comment.pk}/history/")["Location"] == url
    assert not LogEntry.objects.exists()
