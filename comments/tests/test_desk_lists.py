"""Threads, people and the log at the desk, and the ways to them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.roles import EDITOR
from articles.models import Article
from articles.tests.desk import sign_in
from articles.tests.factories import create_draft, create_live_guide
from comments import moderation
from comments.models import Comment, Commenter, ModerationAct, Thread
from comments.states import Action, Reason, State
from comments.tests.desk import cells_in, sign_in_moderator, words_in
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = pytest.mark.django_db
THREADS = "/admin/comments/thread/"
LOG = "/admin/comments/moderationact/"
PEOPLE = "/admin/comments/commenter/"


def thread_url(thread: Thread) -> str:
    return f"{THREADS}{thread.pk}/change/"


def thread_of(article: Article, **fields) -> Thread:
    return Thread.objects.create(article=article, **fields)


# Threads


def test_a_thread_is_closed_with_a_reason_in_the_log(client: Client) -> None:
    user = sign_in(client, EDITOR)
    thread = thread_of(create_live_guide())
    fields = {"mode": "all", "opening": "closed", "reason": "other", "statement": "For a week."}
    client.post(thread_url(thread), fields)
    thread.refresh_from_db()
    act = thread.acts.get()

    assert (thread.mode, thread.opening) == ("all", "closed")
    assert (act.action, act.reason, act.statement, act.actor) == (
        Action.CLOSE_THREAD,
        Reason.OTHER,
        "For a week.",
        user,
    )
    assert "Mode" in LogEntry.objects.get().get_change_message()


def test_the_mode_alone_needs_no_reason_and_makes_no_act(client: Client) -> None:
    sign_in(client, EDITOR)
    thread = thread_of(create_live_guide(), last_number=7, comment_count=3)
    client.post(thread_url(thread), {"mode": "none", "opening": "by-age", "reason": ""})
    thread.refresh_from_db()

    assert (thread.mode, thread.last_number, thread.comment_count) == ("none", 7, 3)
    assert not ModerationAct.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"reason": ""}, "Choose why the thread is opened or closed."),
        ({"reason": "other", "statement": " "}, "Say the reason in your own words."),
        ({"reason": "fits"}, "Select a valid choice."),
        ({"reason": "order", "statement": "y" * 2001}, "at most 2000 characters"),
    ],
)
def test_the_switch_is_not_set_without_a_reason(client: Client, fields: dict, problem: str) -> None:
    sign_in(client, EDITOR)
    thread = thread_of(create_live_guide())
    sent = {"mode": "all", "opening": "closed", "statement": "My words.", **fields}
    response = client.post(thread_url(thread), sent)
    thread.refresh_from_db()

    assert problem in words_in(response)
    assert sent["statement"] in response.content.decode()
    assert (thread.mode, thread.opening) == ("", "by-age")


def test_what_is_counted_meanwhile_is_not_overwritten(client: Client, monkeypatch) -> None:
    sign_in(client, EDITOR)
    thread = thread_of(create_live_guide())
    real = Thread.objects.get_or_create

    def counted_meanwhile(**kwargs):
        found = real(**kwargs)
        if not Thread.objects.filter(last_number__gt=0).exists():  # once, between read and write
            Thread.objects.filter(pk=thread.pk).update(last_number=41, comment_count=5)
        return found

    monkeypatch.setattr(Thread.objects, "get_or_create", counted_meanwhile)
    client.post(thread_url(thread), {"mode": "all", "opening": "by-age", "reason": ""})
    thread.refresh_from_db()

    assert (thread.mode, thread.last_number, thread.comment_count) == ("all", 41, 5)


def test_a_thread_stays_with_its_guide_and_is_not_deleted(client: Client) -> None:
    sign_in(client, EDITOR)
    thread, other = thread_of(create_live_guide()), create_live_guide()
    client.post(thread_url(thread), {"article": other.pk, "mode": "", "opening": "by-age"})
    thread.refresh_from_db()

    assert thread.article_id != other.pk
    assert client.post(f"{THREADS}{thread.pk}/delete/", {"post": "yes"}).status_code == 403


def test_from_a_guide_to_its_thread(client: Client) -> None:
    sign_in(client, EDITOR)
    quiet, loud = create_draft(title="Nobody wrote"), create_live_guide()
    thread = thread_of(loud)
    page = client.get(f"/admin/articles/article/{quiet.pk}/change/").content.decode()

    assert f"/admin/comments/comment/?queue=all&amp;guide={quiet.pk}" in page
    assert f"{THREADS}of/{quiet.pk}/" in page
    assert client.get(f"{THREADS}of/{loud.pk}/")["Location"] == thread_url(thread)
    add = client.get(f"{THREADS}of/{quiet.pk}/", follow=True)
    assert add.redirect_chain[0][0] == f"{THREADS}add/?article={quiet.pk}"
    assert f'<option value="{quiet.pk}" selected>' in add.content.decode()

    fields = {"article": quiet.pk, "mode": "", "opening": "closed", "reason": "order"}
    client.post(f"{THREADS}add/", fields)
    assert Thread.objects.get(article=quiet).acts.get().action == Action.CLOSE_THREAD


def test_a_guide_that_does_not_exist_has_no_thread(client: Client) -> None:
    sign_in(client, EDITOR)

    assert client.get(f"{THREADS}of/999/").status_code == 404


def test_an_author_finds_no_way_to_the_threads(client: Client) -> None:
    user = sign_in(client, "Author")
    guide = create_draft(created_by=user)
    page = client.get(f"/admin/articles/article/{guide.pk}/change/").content.decode()

    assert "/admin/comments/" not in page
    assert client.get(f"{THREADS}of/{guide.pk}/").status_code == 403


def test_the_list_of_threads(client: Client, django_assert_max_num_queries) -> None:
    sign_in(client, EDITOR)
    for number in range(4):
        thread_of(create_live_guide(title=f"Guide {number}"), mode="all" if number else "")
    client.get(THREADS)
    with django_assert_max_num_queries(7):
        text = cells_in(client.get(THREADS))

    assert "Guide 3 Every comment waits for a moderator" in text
    assert "Guide 0 As the policy says" in text
    assert "All its comments" in text


# The log


def test_the_log_is_read_and_never_changed(client: Client) -> None:
    sign_in_moderator(client)
    carla = create_moderator(name="Carla Colleague")
    comment = create_comment(state=State.PENDING)
    act = moderation.reject(comment, user=carla, reason=Reason.ABUSE, statement="Mind it.")
    moderation.restrict(comment.author, Action.BAN, user=carla, reason=Reason.ABUSE)
    moderation.set_opening(comment.thread, "closed", user=carla, reason=Reason.ORDER)
    text = cells_in(client.get(LOG))
    page = client.get(f"{LOG}{act.pk}/change/")

    assert "Waits for a moderator → Rejected Gus Guest, comment 1 Carla Colleague It att" in text
    assert f"guest {comment.author_id} Carla Colleague" in text
    assert "Close the thread Comments on" in text
    assert "Mind it." in words_in(page)
    assert 'type="submit"' not in page.content.decode().split('id="content"')[1]
    assert client.post(f"{LOG}{act.pk}/change/", {"reason": "spam"}).status_code == 403
    assert client.post(f"{LOG}{act.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LOG}add/").status_code == 403


def test_the_log_is_filtered_and_searched(client: Client) -> None:
    sign_in_moderator(client)
    carla, other = create_moderator(name="Carla Colleague"), create_moderator(name="")
    comment = create_comment(state=State.PENDING)
    act = moderation.reject(comment, user=carla, reason=Reason.ABUSE, statement="Mind it.")
    moderation.restrict(comment.author, Action.BAN, user=other, reason=Reason.SPAM)

    def found(query: str) -> list[int]:
        listed = client.get(f"{LOG}?{query}").context["cl"].result_list
        return [row.pk for row in listed]

    assert found(f"actor={carla.pk}") == [act.pk]
    assert len(found("actor=nonsense")) == ModerationAct.objects.count()
    assert found("reason__exact=abuse") == [act.pk]
    assert len(found("action__exact=ban")) == 1
    assert found("q=mind") == [act.pk]
    assert f"colleague {other.pk}" in words_in(client.get(LOG))


def test_the_log_costs_the_same_however_long(
    client: Client, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    sign_in_moderator(client)
    create_comment()
    client.get(LOG)
    with django_assert_max_num_queries(12) as first:
        client.get(LOG)
    for _ in range(5):
        person = create_comment(user=create_reader()).author
        colleague = create_moderator()
        moderation.restrict(person, Action.BAN, user=colleague, reason=Reason.SPAM)
    with django_assert_num_queries(len(first)):
        client.get(LOG)


# People


def test_people_stand_with_names_or_numbers_and_what_was_decided(client: Client) -> None:
    sign_in_moderator(client)
    guide = create_live_guide()
    guest = create_comment(guide, email="same@example.org").author
    create_comment(guide, email="same@example.org", state=State.REJECTED)
    rana = create_comment(guide, user=create_reader(name="Rana Reader")).author
    nameless = create_comment(guide, user=create_reader(name="")).author
    carla = create_moderator(name="Carla Colleague")
    moderation.restrict(
        guest, Action.HOLD_ALWAYS, user=carla, reason=Reason.ABUSE, statement="Twice."
    )
    text = cells_in(client.get(PEOPLE))

    assert f"guest {guest.pk} guest 2 1 1 Always held" in text
    assert "Rana Reader account 1 1 0 none" in text
    assert f"account {nameless.pk} account 1" in text
    page = words_in(client.get(f"{PEOPLE}{guest.pk}/change/"))
    assert "New here: 0 of 2 approved. 2 comments: 1 public, 1 rejected" in page
    assert "Carla Colleague · Always hold. It attacks or demeans people. Twice." in page
    assert "Rejected · A thought about this guide." in page
    assert "Rana Reader" in words_in(client.get(f"{PEOPLE}{rana.pk}/change/"))


def test_people_are_found_by_the_names_they_sign_with(client: Client) -> None:
    sign_in_moderator(client)
    guide = create_live_guide()
    for _ in range(3):
        create_comment(guide, name="Ann Other", email="ann@example.org")
    create_comment(guide)
    create_comment(guide, user=create_reader(name="Rana Reader"))

    def found(query: str) -> str:
        listed = client.get(f"{PEOPLE}?{query}").context["cl"].result_list
        return ", ".join(f"{row} {row.count_all}" for row in listed)

    ann = Comment.objects.filter(name="Ann Other")[0].author
    assert found("q=ann") == f"{ann} 3"
    assert found("q=rana") == f"{Commenter.objects.get(user__display_name='Rana Reader')} 1"
    assert found("restriction=banned") == ""
    moderation.restrict(ann, Action.BAN, user=create_moderator(), reason=Reason.SPAM)
    assert found("restriction=banned") == f"{ann} 3"


def test_a_person_is_only_read(client: Client) -> None:
    sign_in_moderator(client)
    person = create_comment().author
    address = f"{PEOPLE}{person.pk}/"

    assert client.post(f"{address}change/", {"always_hold": "on"}).status_code == 403
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{PEOPLE}add/").status_code == 403
    person.refresh_from_db()
    assert not person.always_hold
