"""Who owns a comment: an account, or the browser that wrote it. Nobody else."""

from datetime import timedelta
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.tests.factories import create_live_guide
from comments.identity import (
    COOKIE,
    SALT,
    Visitor,
    commenter_at,
    commenter_of,
    known_commenter,
    remember,
    visitor_of,
)
from comments.models import Commenter
from comments.states import State
from comments.tests.factories import create_comment, create_reader
from comments.tests.form_cases import BROWSER, guest_client, strict_client
from comments.tests.pages import form_with

pytestmark = pytest.mark.django_db


def own_page(client: Client, comment) -> int:
    return client.get(reverse("comments:own", args=[comment.pk])).status_code


def client_with(value: str) -> Client:
    client = strict_client()
    client.cookies[COOKIE] = value
    return client


def test_the_browser_that_wrote_it_owns_it() -> None:
    comment = create_comment(browser=BROWSER)
    assert own_page(guest_client(), comment) == 200
    assert own_page(guest_client("f" * 32), comment) == 404
    assert own_page(strict_client(), comment) == 404


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nonsense",
        "a:b:c",
        signing.dumps({"b": BROWSER, "c": []}),  # signed for something else
        signing.dumps({"b": BROWSER, "c": []}, salt=SALT, key="another key " * 5),
        signing.dumps({"b": BROWSER, "c": []}, salt=SALT)[:-2] + "xx",
    ],
)
def test_a_forged_cookie_is_no_cookie(value: str) -> None:
    assert own_page(client_with(value), create_comment(browser=BROWSER)) == 404


def test_an_old_cookie_is_forgotten() -> None:
    comment = create_comment(browser=BROWSER)
    with mock.patch("django.core.signing.time.time", return_value=1_500_000_000):
        value = signing.dumps({"b": BROWSER, "c": []}, salt=SALT)
    assert own_page(client_with(value), comment) == 404


def test_a_comment_without_a_browser_belongs_to_no_cookie() -> None:
    comment = create_comment(user=create_reader())
    assert comment.browser == ""
    assert own_page(client_with(signing.dumps({"b": "", "c": []}, salt=SALT)), comment) == 404


def test_the_account_owns_it_in_any_browser_and_no_other_account_does() -> None:
    ada, bob = create_reader(), create_reader()
    comment = create_comment(user=ada)
    for user, expected in ((ada, 200), (bob, 404)):
        client = strict_client()
        client.force_login(user)
        assert own_page(client, comment) == expected


def test_a_cookie_does_not_reach_what_accounts_wrote() -> None:
    ada = create_reader()
    client = guest_client()
    client.force_login(ada)
    comment = create_comment(user=ada, browser=BROWSER)
    client.logout()
    assert own_page(guest_client(), comment) == 404


def test_the_cookie_goes_to_the_pages_of_comments_alone(settings) -> None:
    settings.SITE_IS_HTTPS = True
    response = HttpResponse()
    remember(response, Visitor(browser=BROWSER))
    cookie = response.cookies[COOKIE]
    assert cookie["path"] == "/comments/"
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == timedelta(days=90).total_seconds()
    assert "domain" not in cookie.OutputString().lower()


def test_the_cookie_names_no_address_and_keeps_the_last_twenty() -> None:
    people = [commenter_at(f"guest-{number}@example.org") for number in range(25)]
    response = HttpResponse()
    remember(response, Visitor(browser=BROWSER), people)
    request = RequestFactory().get("/comments/mine/")
    request.user = mock.Mock(is_authenticated=False)
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    held = visitor_of(request)
    assert held.browser == BROWSER
    assert held.confirmed == [person.pk for person in people[-20:]]
    assert "example.org" not in signing.b64_decode(
        response.cookies[COOKIE].value.split(":")[0].lstrip(".").encode()
    ).decode("utf-8", "replace")


def test_reading_a_guide_sets_no_cookie() -> None:
    article = create_live_guide()
    assert not strict_client().get(article.get_absolute_url()).cookies


def test_a_guest_gets_the_cookie_with_the_form_and_keeps_it() -> None:
    article = create_live_guide()
    client = strict_client()
    page = client.get(reverse("comments:write", args=[article.slug]))
    first = page.cookies[COOKIE].value
    form = form_with(page, "text")
    sent = {"text": "Hello", "name": "Ada", "email": "ada@example.org"}
    answer = form.send(client, button="send", changes=sent)
    assert answer.status_code == 303
    assert answer.cookies[COOKIE].value.split(":")[0] == first.split(":")[0]
    assert client.get(answer["Location"]).status_code == 200


def test_people_who_sign_in_get_no_cookie_of_guests() -> None:
    client = strict_client()
    client.force_login(create_reader())
    page = client.get(reverse("comments:write", args=[create_live_guide().slug]))
    assert COOKIE not in page.cookies


def test_an_account_takes_over_what_its_address_wrote_once_it_is_confirmed() -> None:
    guest = commenter_at("Ada@Example.org")
    ada = create_reader(email="ada@example.org")
    EmailAddress.objects.update(verified=False)
    assert known_commenter(Visitor(user=ada)) is None
    EmailAddress.objects.update(verified=True)
    assert known_commenter(Visitor(user=ada)) == guest
    assert Commenter.objects.get().user is None  # looking changes nothing
    assert commenter_of(ada) == guest
    assert Commenter.objects.get().user == ada


def test_an_address_of_an_account_that_is_not_confirmed_stays_a_guest() -> None:
    ada = create_reader(email="ada@example.org")
    EmailAddress.objects.update(verified=False)
    assert commenter_at("ada@example.org").user is None
    assert commenter_of(ada).guest_email == ""


@pytest.mark.parametrize("email", ["", "other@example.org", "ADA@example.org "])
def test_a_typed_address_counts_only_where_this_browser_confirmed_it(email: str) -> None:
    ada = commenter_at("ada@example.org")
    assert known_commenter(Visitor(browser=BROWSER), email) is None
    found = known_commenter(Visitor(browser=BROWSER, confirmed=[ada.pk]), email)
    assert found == (ada if email.startswith("ADA") else None)


def test_a_comment_under_somebody_elses_address_is_not_theirs_before_they_say_so() -> None:
    ada = commenter_at("ada@example.org")
    comment = create_comment(email="ada@example.org", state=State.UNCONFIRMED, browser=BROWSER)
    assert not Visitor(browser="e" * 32, confirmed=[ada.pk]).owns(comment)
    assert Visitor(browser=BROWSER).owns(comment)
