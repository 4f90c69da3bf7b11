"""Who may open which page of the desk and press which button; nobody reads an address there."""

import pytest
from django.test import Client

from accounts.roles import ADMINISTRATOR, ANALYST, AUTHOR, EDITOR, MODERATOR, ROLES
from articles.tests.desk import sign_in
from comments import moderation
from comments.appeals import appeal
from comments.models import Appeal, Comment, Flag, ModerationAct, Note, Notice
from comments.states import Action, Reason, State
from comments.tests.desk import APPEALS, DECIDE, DESK, NOTICES, act_url, page_url, press, state_of
from comments.tests.factories import create_comment, create_moderator, create_reader

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
DECIDING = {MODERATOR, ADMINISTRATOR}
LOOKING = {*DECIDING, EDITOR}
QUEUES = [f"{DESK}?queue={name}" for name in ("pending", "reported", "rule", "recent", "all")]
LISTS = [f"/admin/comments/{name}/" for name in ("moderationact", "commenter", "thread")]


def row_pages(comment: Comment) -> list[str]:
    act = ModerationAct.objects.newest_first()[0]
    return [
        page_url(comment),
        f"/admin/comments/moderationact/{act.pk}/change/",
        f"/admin/comments/commenter/{comment.author_id}/change/",
        f"/admin/comments/thread/{comment.thread_id}/change/",
    ]


@pytest.mark.parametrize("role", ROLES)
def test_who_looks(client: Client, role: str) -> None:
    sign_in(client, role)
    comment = create_comment(state=State.PENDING)
    expected = 200 if role in LOOKING else 403

    for address in [DESK, *QUEUES, APPEALS, NOTICES, *LISTS, *row_pages(comment)]:
        assert client.get(address).status_code == expected, address


@pytest.mark.parametrize("role", ROLES)
def test_who_decides(client: Client, role: str) -> None:
    sign_in(client, role)
    comment = create_comment(state=State.PENDING)
    may = role in DECIDING

    shown = client.get(DESK).content.decode()
    assert (f"approve:{comment.pk}" in shown) == may
    assert ("moderation.js" in shown) == may
    for url in (DECIDE, act_url(comment)):
        response = press(client, "approve", comment, url=url)
        assert (response.status_code != 403) == may, url
        assert state_of(comment) == (State.APPROVED if may else State.PENDING)


MANY = {"do": "approve"}
ON_PAGE = {
    "approve": ("approve:{pk}", {}),
    "look-again": ("look-again:{pk}", {}),
    "pin": ("pin:{pk}", {}),
    "lock": ("lock:{pk}", {}),
    "person": (
        "person",
        {"person-action": "ban", "person-reason": "abuse", "person-statement": "So."},
    ),
    "thread": ("thread", {"thread-opening": "closed", "thread-reason": "order"}),
    "note": ("note", {"note-text": "Look."}),
}


@pytest.mark.parametrize("verb", ON_PAGE)
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_who_presses_what_on_the_page_of_a_comment(client: Client, role: str, verb: str) -> None:
    if role:
        sign_in(client, role)
    comment = create_comment(state=State.PENDING if verb == "approve" else State.APPROVED)
    do, fields = ON_PAGE[verb]
    before = ModerationAct.objects.count() + Note.objects.count()
    may = role in DECIDING or (verb == "thread" and role == EDITOR)
    response = client.post(act_url(comment), {"do": do.format(pk=comment.pk), **fields})

    if may:
        assert response.status_code == 302
    elif role or verb in {"person", "note"}:  # who is signed out gets words back, if there are any
        assert response.status_code == 403
    else:
        assert response["Location"].startswith("/admin/login/")
    assert (ModerationAct.objects.count() + Note.objects.count() > before) == may
    comment.refresh_from_db()
    if not may:
        assert (comment.is_pinned, comment.is_locked) == (False, False)
        assert comment.state == (State.PENDING if verb == "approve" else State.APPROVED)


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_who_decides_about_many(client: Client, role: str) -> None:
    if role:
        sign_in(client, role)
    comment = create_comment(state=State.PENDING)
    response = client.post(DECIDE, {**MANY, "chosen": [comment.pk]})

    assert response.status_code == (302 if role in DECIDING or not role else 403)
    assert (state_of(comment) == State.APPROVED) == (role in DECIDING)


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_who_answers_appeals_and_notices(client: Client, role: str) -> None:
    comment = create_comment(state=State.PENDING)
    act = moderation.reject(comment, user=create_moderator(), reason=Reason.SPAM)
    made = appeal(act, "It was not.")
    notice = Notice.objects.create(address="/x/", explanation="Hm.", in_good_faith=True)
    if role:
        sign_in(client, role)
    may = role in DECIDING

    for url, row, button in ((APPEALS, made, "uphold"), (NOTICES, notice, "stay")):
        shown = client.get(url).content.decode()
        assert (f"{button}:{row.pk}" in shown) == may
        fields = {"do": f"{button}:{row.pk}", f"statement-{row.pk}": "So."}
        assert client.post(url, fields).status_code == (302 if may else 403)
        row.refresh_from_db()
        assert row.is_open != may


def test_strangers_are_sent_to_the_door(client: Client) -> None:
    comment = create_comment(state=State.PENDING)

    for address in [DESK, APPEALS, NOTICES, *LISTS, *row_pages(comment), DECIDE, act_url(comment)]:
        assert client.get(address)["Location"].startswith("/admin/login/"), address
    for address in (DECIDE, act_url(comment)):
        response = client.post(address, {"do": f"approve:{comment.pk}"})
        assert response["Location"].startswith("/admin/login/")
    assert state_of(comment) == State.PENDING


def test_readers_are_no_strangers_but_have_no_desk_either(client: Client) -> None:
    client.force_login(create_reader())

    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("role", [MODERATOR, EDITOR, ADMINISTRATOR])
def test_buttons_lead_nowhere_by_get(client: Client, role: str) -> None:
    sign_in(client, role)
    comment = create_comment(state=State.PENDING)

    for address in (DECIDE, act_url(comment)):
        assert client.get(address, {"do": f"approve:{comment.pk}"}).status_code == 405
    assert state_of(comment) == State.PENDING


@pytest.mark.parametrize("role", [AUTHOR, ANALYST])
def test_who_has_nothing_to_do_there_sees_no_link(client: Client, role: str) -> None:
    sign_in(client, role)
    shown = client.get("/admin/").content.decode()

    assert "waiting)" not in shown
    assert "/admin/comments/" not in shown


@pytest.mark.parametrize("role", [MODERATOR, ADMINISTRATOR])
def test_the_way_to_the_desk_says_how_much_waits(client: Client, role: str) -> None:
    sign_in(client, role)
    create_comment(state=State.PENDING)
    create_comment(state=State.HIDDEN)

    for address in ("/admin/", "/admin/articles/article/"):
        assert "Comments (2 waiting)</a>" in client.get(address).content.decode()


def test_no_page_of_the_desk_holds_an_address(client: Client) -> None:
    mo = sign_in(client, ADMINISTRATOR, name="Ida Admin")
    nameless = create_moderator(name="")
    account = create_reader(name="", email="account@secret.example")
    comment = create_comment(email="guest@secret.example", state=State.PENDING, by=nameless)
    written = create_comment(user=account, parent=create_comment(email="third@secret.example"))
    Flag.objects.create(
        comment=written, reporter=comment.author, reporter_key="k", reason=Reason.SPAM, words="!"
    )
    rejected = create_comment(user=account, state=State.REJECTED, by=nameless)
    appeal(rejected.acts.newest_first()[0], "Look again.")
    moderation.approve(create_comment(state=State.PENDING), user=mo)
    for person in (comment.author, written.author):
        moderation.restrict(person, Action.BAN, user=nameless, reason=Reason.ABUSE)
    Notice.objects.create(
        comment=written,
        address="/x/",
        explanation="Hm.",
        email="notice@secret.example",
        in_good_faith=True,
    )
    Note.objects.create(comment=comment, text="Hm.", written_by=nameless)
    people = [f"/admin/comments/commenter/{one.author_id}/change/" for one in (comment, written)]
    pages = [*QUEUES, APPEALS, NOTICES, *LISTS, *people, *row_pages(rejected)]
    pages += [page_url(one) for one in (comment, written, rejected)]

    for address in pages:
        html = client.get(address).content.decode()
        assert "secret.example" not in html, address
        assert nameless.email not in html, address
    assert Appeal.objects.count() == 1


def test_a_search_does_not_find_by_address(client: Client) -> None:
    sign_in(client, MODERATOR)
    create_comment(email="guest@secret.example")
    create_comment(user=create_reader(email="account@secret.example"))

    for address in (f"{DESK}?queue=all&q=secret", f"{LISTS[0]}?q=secret", f"{LISTS[1]}?q=secret"):
        html = client.get(address).content.decode()
        assert "Gus Guest" not in html
        assert "guest " not in html.split('id="content"')[1]
