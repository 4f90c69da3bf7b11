"""Writing while things change: sessions, limits, restrictions; and what is said to happen next."""

from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings as site
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.identity import COOKIE, commenter_of
from comments.models import Comment, Commenter
from comments.states import State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.pages import URLENCODED, form_with
from comments.tests.test_writing import GUEST, begin, preview, text_of
from comments.views.kept import MOST_READ

pytestmark = pytest.mark.django_db


def test_signed_out_people_may_go_on_as_guests() -> None:
    client, form, _ = begin(user=create_reader(name="Rana"))
    del client.cookies[site.SESSION_COOKIE_NAME]
    out = form.send(client, button="send", changes={"text": "Words"})
    assert out.status_code == 403
    assert "You have been signed out" in out.text
    assert 'target="_blank"' in out.text
    looked = form_with(out, "text").send(client, changes=GUEST)
    assert form_with(looked, "text").send(client).status_code == 303
    comment = Comment.objects.get()
    assert (comment.name, comment.state) == ("Ada", State.UNCONFIRMED)


def test_nobody_posts_under_an_account_by_surprise() -> None:
    client, form, _ = begin()
    client.force_login(create_reader(name="Real Name"))
    page = form.send(client, button="send", changes={"text": "Words", **GUEST, "name": "Nick"})
    assert page.status_code == 409
    assert "You have signed in since you began" in page.text
    assert "Real Name" in page.text
    assert not Comment.objects.exists()
    form_with(page, "text").send(client)
    assert Comment.objects.get().name == "Real Name"


def test_a_preview_says_that_it_would_come_from_the_account() -> None:
    client, form, _ = begin()
    client.force_login(create_reader(name="Real Name"))
    page = form.send(client, changes={"text": "Words", **GUEST})
    assert page.status_code == 200
    assert "You have signed in since you began" in page.text
    assert form_with(page, "text").fields["as"] == "account"


def test_another_account_is_another_token() -> None:
    client, form, _ = begin(user=create_reader(name="Ada"))
    client.cookies[site.CSRF_COOKIE_NAME] = "n" * 32  # signing in changes it
    client.force_login(create_reader(name="Bob"))
    page = form.send(client, button="send", changes={"text": "Words"})
    assert page.status_code == 403
    assert "Bob" in page.text
    assert not Comment.objects.exists()


def test_too_many_in_a_short_time_are_told_when() -> None:
    client = Client(enforce_csrf_checks=True)
    for number in range(6):
        looked = preview(client, create_live_guide(), text=f"Words {number}")
        answer = form_with(looked, "text").send(client)
    assert answer.status_code == 429
    assert 240 < int(answer["Retry-After"]) <= 300
    assert "Send it again in 5 minutes" in answer.text
    assert form_with(answer, "text").fields["text"] == "Words 5"


def test_the_database_being_down_is_told_without_asking_it() -> None:
    client, form, _ = begin(user=create_reader())
    asked = []

    def refuse(execute, sql, params, many, context):
        asked.append(sql)
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(refuse):
        answer = form.send(client, button="send", changes={"text": "Words"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert len(asked) == 1  # the view's; the page about it asked nothing
    assert form_with(answer, "text").fields["action"] == "send"


def test_of_a_body_beyond_all_measure_the_beginning_comes_back() -> None:
    client, form, _ = begin()
    body = "action=preview&text=" + "My+words+" * (MOST_READ // 8)
    answer = client.post(form.action, body, content_type=URLENCODED)
    assert answer.status_code == 413
    assert form_with(answer, "text").fields["text"].startswith("My words My words")
    assert "Back button leads to the rest" in answer.text


def test_the_address_is_in_no_log(caplog) -> None:
    client, form, _ = begin()
    client.raise_request_exception = False
    errors = [OperationalError("locked"), ValueError("of ours")]
    for error in errors:
        with mock.patch("comments.views.sheet.visitor_of", side_effect=error):
            form.send(client, button="send", changes={"text": "My words", **GUEST})
    assert len(caplog.records) >= len(errors)
    assert "ada@example.org" not in caplog.text
    assert "My words" not in caplog.text


@pytest.mark.parametrize(
    ("restriction", "said"),
    [
        ({"banned_at": timezone.now()}, "you cannot comment here any more"),
        ({"suspended_until": timezone.now() + timedelta(days=5)}, "suspended you from commenting"),
    ],
)
def test_restricted_people_are_told_before_they_send(restriction: dict, said: str) -> None:
    user = create_reader()
    Commenter.objects.filter(pk=commenter_of(user).pk).update(**restriction)
    client = Client()
    client.force_login(user)
    page = preview(client, create_live_guide())
    assert page.status_code == 403
    assert said in page.text
    assert form_with(page, "text").fields["text"] == "Some *words*"
    assert "Send the comment" not in page.text


def test_nothing_is_told_about_the_owner_of_a_typed_address() -> None:
    article = create_live_guide()
    user = create_reader(email="ada@example.org")
    plain = preview(Client(), article)
    Commenter.objects.filter(pk=commenter_of(user).pk).update(
        banned_at=timezone.now(), always_hold=True
    )
    banned = preview(Client(), article)
    assert banned.status_code == 200
    assert (
        text_of(plain).split("<main")[1].split("csrf")[0]
        == (text_of(banned).split("<main")[1].split("csrf")[0])
    )


def outlook(client: Client, article: Article) -> str:
    return text_of(preview(client, article)).split('<p class="writing__next">')[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("mode", "guest", "account"),
    [
        ("all", "as every comment here", "as every comment here"),
        ("first", "unless earlier comments from this address", "as the first comments"),
        ("none", "Then it appears.", "It appears at once, unless a rule"),
    ],
)
def test_the_preview_says_what_happens_next(mode: str, guest: str, account: str) -> None:
    set_policy(mode=mode)
    article = create_live_guide()
    said = outlook(Client(), article)
    assert "We send a letter to the address you gave." in said
    assert guest in said
    client = Client()
    client.force_login(create_reader())
    assert account in outlook(client, article)
    assert not Commenter.objects.exists()


def test_trusted_held_and_staff_are_told_so() -> None:
    article = create_live_guide()
    ada = create_reader()
    mo = create_moderator()
    for _ in range(2):
        create_comment(user=ada, by=mo)
    client = Client()
    client.force_login(ada)
    assert outlook(client, article).startswith("Earlier comments of yours were approved.")
    Commenter.objects.filter(user=ada).update(always_hold=True)
    assert "as each comment of yours" in outlook(client, article)
    client.force_login(mo)
    assert "marked as written by the editors" in outlook(client, article)


def test_a_page_of_an_account_gives_no_cookie_of_guests() -> None:
    client, form, page = begin(user=create_reader())
    assert COOKIE not in page.cookies
    assert COOKIE not in form.send(client, button="send", changes={"text": "Words"}).cookies
