"""Agreeing: at sign-up, when something changes notably, and never as a wall."""

import re

import pytest

from accounts.models import Consent, Document
from accounts.tests.entering import ADDRESS, SIGN_IN, is_signed_in, sign_up, words
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.papers import put, put_all

pytestmark = pytest.mark.django_db

PAGE = "/account/agreements/"


def agreed(user):
    return sorted(str(consent.version) for consent in Consent.objects.filter(user=user))


def person(client, *, agrees=True, **fields):
    """Return a signed-in person, who has agreed to all there is if `agrees`."""
    user = create_user(**fields)
    client.force_login(user)
    if agrees:
        answer(client)
    return user


def answer(client, next_page=""):
    """Answer the question as the page puts it."""
    page = client.get(PAGE).content.decode()
    shown = re.findall(r'name="version" value="(\d+)"', page)
    return client.post(PAGE, {"version": shown, "next": next_page})


def sign_in(client, page=SIGN_IN):
    return client.post(page, {"login": ADDRESS, "password": PASSWORD})


def test_signing_up_agrees_to_what_is_in_force(client):
    put_all()
    put(Document.TERMS, days=5)  # not yet in force

    sign_up(client)

    consents = Consent.objects.filter(user__email=ADDRESS)
    assert sorted(str(consent.version) for consent in consents) == [
        "Community rules, version 1",
        "Privacy, version 1",
        "Terms, version 1",
    ]


def test_signing_up_for_an_address_that_is_taken_records_nothing(client):
    put_all()
    create_user(email=ADDRESS)

    sign_up(client)

    assert not Consent.objects.exists()


def test_anonymous_person_is_asked_to_sign_in(client):
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={PAGE}"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    person(client)

    assert getattr(client, method)(PAGE).status_code == 405


def test_site_without_texts_asks_nothing(client):
    create_user(email=ADDRESS, password=PASSWORD)

    assert sign_in(client)["Location"] == "/account/"
    assert "Nothing waits for your answer." in words(client.get(PAGE))


def test_person_who_never_agreed_is_asked_after_signing_in(client):
    put_all()
    create_user(email=ADDRESS, password=PASSWORD)

    response = sign_in(client)

    assert response["Location"] == f"{PAGE}?next=%2Faccount%2F"
    shown = words(client.get(response["Location"]))
    assert "Please look at these" in shown
    assert "agree to the terms and the community rules" in shown
    assert "If you do not agree" in shown


def test_answer_is_noted_once_and_leads_on(client):
    put_all()
    user = person(client, agrees=False)

    response = answer(client, "/account/profile/")
    answer(client)

    assert response["Location"] == "/account/profile/"
    assert agreed(user) == ["Community rules, version 1", "Privacy, version 1", "Terms, version 1"]
    assert "Terms, version 1" in words(client.get(PAGE))


def test_notable_change_is_asked_about_and_a_minor_one_is_not(client):
    put_all()
    person(client)
    put(Document.PRIVACY, notable=False, change="A comma.")
    assert "Nothing waits for your answer" in words(client.get(PAGE))

    put(Document.TERMS, change="We sell bread.")

    shown = words(client.get(PAGE))
    assert "Since you last agreed, something changed notably." in shown
    assert "We sell bread." in shown
    assert "A comma." not in shown
    assert '<a href="/terms/versions/2/">' in client.get(PAGE).content.decode()


def test_notable_change_that_was_followed_by_a_minor_one_is_still_asked_about(client):
    put_all()
    user = person(client)
    put(Document.TERMS)
    put(Document.TERMS, notable=False)

    answer(client)

    assert "Terms, version 3" in agreed(user)
    assert "Terms, version 2" not in agreed(user)
    assert "Nothing waits for your answer" in words(client.get(PAGE))


def test_privacy_page_is_seen_and_not_agreed_to(client):
    put_all()
    person(client)
    put(Document.PRIVACY)

    page = client.get(PAGE).content.decode()

    assert "I have read it" in page
    assert "I agree" not in page


def test_change_is_asked_about_from_its_day_on(client):
    put_all()
    person(client)
    put(Document.TERMS, days=1)

    assert "Nothing waits for your answer" in words(client.get(PAGE))


def test_account_pages_say_so_until_it_is_answered(client):
    put_all()
    person(client)
    put(Document.TERMS)
    assert "We ask you to look at our terms." in words(client.get("/account/"))

    answer(client)

    assert "We ask you to look" not in words(client.get("/account/"))


def test_what_was_not_shown_is_not_agreed_to(client):
    put_all()
    user = person(client)
    put(Document.TERMS)
    page = client.get(PAGE).content.decode()
    shown = re.findall(r'name="version" value="(\d+)"', page)
    put(Document.COMMUNITY_RULES)

    response = client.post(PAGE, {"version": shown})

    assert response.status_code == 200
    assert "Something changed while you read." in words(response)
    assert "Terms, version 2" in agreed(user)
    assert "Community rules, version 2" not in agreed(user)


@pytest.mark.parametrize("sent", [["x"], ["999999"], [], ["1; drop"]])
def test_answer_to_nothing_agrees_to_nothing(client, sent):
    put_all()
    user = person(client, agrees=False)

    response = client.post(PAGE, {"version": sent})

    assert response.status_code == 200
    assert agreed(user) == []


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\evil", "evil"]
)
def test_it_leads_to_no_other_site(client, address):
    put_all()
    person(client, agrees=False)

    page = client.get(PAGE, {"next": address}).content.decode()
    response = answer(client, address)

    assert "evil" not in page
    assert response["Location"] == PAGE


def test_not_now_leads_where_the_person_wanted_to_go(client):
    put_all()
    person(client, agrees=False)

    page = client.get(f"{PAGE}?next=/account/profile/").content.decode()

    assert re.search(r'href="/account/profile/">Not now<', page)


def test_signing_in_on_the_way_somewhere_is_not_interrupted(client):
    put_all()
    create_user(email=ADDRESS, password=PASSWORD)

    response = sign_in(client, f"{SIGN_IN}?next=/account/profile/")

    assert response["Location"] == "/account/profile/"


@pytest.mark.parametrize(
    "page", ["/", "/terms/", "/account/", "/account/data/", "/account/profile/"]
)
def test_no_page_is_barred_without_an_answer(client, page):
    put_all()
    person(client, agrees=False)

    assert client.get(page).status_code == 200
    assert is_signed_in(client)


def test_question_costs_one_query_on_account_pages(client, django_assert_num_queries):
    from accounts.terms.agreements import banner

    user = person(client)
    put_all()

    with django_assert_num_queries(1):
        assert banner(user) is not None


def test_nobody_sees_or_uses_what_others_agreed_to(client):
    put_all()
    person(client)
    person(client, agrees=False)

    assert "Your answers so far" not in words(client.get(PAGE))
    assert "Please look at these" in words(client.get(PAGE))
