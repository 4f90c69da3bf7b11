"""Saving a guide, and taking it off the list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import create_user
from articles.models import Article, Shelf
from articles.publishing import withdraw
from articles.tests.factories import create_draft, create_live_guide
from learning import marks
from learning.models import SavedGuide
from learning.tests.guides import buttons, save, text_of

pytestmark = pytest.mark.django_db

PAGE = "/account/guides/queues/"


@pytest.fixture
def guide() -> Article:
    return create_live_guide(title="Queues & lines", slug="queues")


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def is_saved(user: User, article: Article) -> bool:
    return SavedGuide.objects.of(user).filter(article=article).exists()


def test_page_offers_to_save(client: Client, reader: User, guide: Article) -> None:
    response = client.get(PAGE)
    assert "Queues & lines" in text_of(response)
    assert buttons(response) == ["Save this guide", "Mark revision 1 as read"]
    assert '<meta name="robots" content="noindex">' in response.text
    assert "no-store" in response["Cache-Control"]


def test_saved_guide_is_told_and_leads_back(client: Client, reader: User, guide: Article) -> None:
    response = client.post(PAGE, {"act": "save"}, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "On your list since" in text_of(response)
    assert '<a href="/guides/queues/">Back to the guide</a>' in response.text
    assert "Take it off my list" in buttons(response)
    assert is_saved(reader, guide)


def test_saving_twice_keeps_the_first_date(client: Client, reader: User, guide: Article) -> None:
    save(reader, guide)
    before = timezone.now() - timedelta(days=9)
    SavedGuide.objects.update(saved_at=before)
    client.post(PAGE, {"act": "save"})
    assert SavedGuide.objects.get().saved_at == before


def test_guide_is_taken_off(client: Client, reader: User, guide: Article) -> None:
    save(reader, guide)
    response = client.post(PAGE, {"act": "remove"}, follow=True)
    assert "Taken off your list." in response.text
    assert "Save this guide" in buttons(response)
    assert not is_saved(reader, guide)


def test_saving_again_after_taking_off_is_a_new_beginning(
    client: Client, reader: User, guide: Article
) -> None:
    save(reader, guide)
    long_ago = timezone.now() - timedelta(days=9)
    SavedGuide.objects.update(saved_at=long_ago, removed_at=timezone.now())
    client.post(PAGE, {"act": "save"})
    assert is_saved(reader, guide)
    assert SavedGuide.objects.get().saved_at > long_ago


def test_taking_off_what_is_not_saved_is_no_fault(
    client: Client, reader: User, guide: Article
) -> None:
    assert client.post(PAGE, {"act": "remove"}).status_code == 302


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("saved", "/account/saved/"),
        ("progress", "/account/progress/"),
        ("", PAGE),
        ("https://elsewhere.example/", PAGE),
        ("//elsewhere.example", PAGE),
    ],
)
def test_way_back_is_one_of_ours(
    client: Client, reader: User, guide: Article, back: str, to: str
) -> None:
    assert client.post(PAGE, {"act": "save", "back": back})["Location"] == to


def test_somebody_else_is_not_touched(client: Client, reader: User, guide: Article) -> None:
    other = create_user()
    save(other, guide)
    assert "Save this guide" in buttons(client.get(PAGE))
    client.post(PAGE, {"act": "remove"})
    assert is_saved(other, guide)
    assert not is_saved(reader, guide)


def test_stranger_is_asked_to_sign_in_and_comes_back(client: Client, guide: Article) -> None:
    response = client.get(f"{PAGE}?revision=1")
    assert response["Location"] == f"/account/login/?next={PAGE}%3Frevision%3D1"
    assert client.post(PAGE, {"act": "save"})["Location"] == f"/account/login/?next={PAGE}"
    assert not SavedGuide.objects.exists()


def test_salary_guide_is_saved_too(client: Client, reader: User) -> None:
    create_live_guide(slug="pay-here", shelf=Shelf.SALARIES)
    response = client.post("/account/guides/pay-here/", {"act": "save"}, follow=True)
    assert '<a href="/salaries/pay-here/">Back to the guide</a>' in response.text


@pytest.mark.parametrize("act", ["", "steal", "SAVE"])
def test_unknown_act_is_refused(client: Client, reader: User, guide: Article, act: str) -> None:
    assert client.post(PAGE, {"act": act}).status_code == 400
    assert not SavedGuide.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(
    client: Client, reader: User, guide: Article, method: str
) -> None:
    assert getattr(client, method)(PAGE).status_code == 405


def test_form_of_another_site_is_refused(reader: User, guide: Article) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(PAGE, {"act": "save"}).status_code == 403
    assert not is_saved(reader, guide)


def test_only_public_guides_can_be_saved(client: Client, reader: User) -> None:
    create_draft(slug="draft")
    create_live_guide(slug="ahead", at=timezone.now() + timedelta(days=1))
    withdraw(create_live_guide(slug="gone"), reason="It is wrong.")
    for slug in ("draft", "ahead", "gone", "never-was"):
        assert client.get(f"/account/guides/{slug}/").status_code == 404, slug
        assert client.post(f"/account/guides/{slug}/", {"act": "save"}).status_code == 404, slug
    assert not SavedGuide.objects.exists()


def test_withdrawn_guide_can_still_be_taken_off(
    client: Client, reader: User, guide: Article
) -> None:
    save(reader, guide)
    withdraw(guide, reason="It is wrong & old.")
    response = client.get(PAGE)
    assert "It is wrong & old." in text_of(response)
    assert buttons(response) == ["Take it off my list"]
    assert "/guides/queues/" not in response.text.replace(PAGE, "")
    assert client.post(PAGE, {"act": "remove", "back": "saved"}).status_code == 302
    assert not is_saved(reader, guide)
    assert client.get(PAGE).status_code == 404


def test_page_of_an_account_that_is_gone_meanwhile_says_so(client, monkeypatch) -> None:
    guide = create_live_guide()
    client.force_login(create_user())

    def gone(*_: object) -> None:
        raise marks.AccountGoneError

    monkeypatch.setattr(marks, "_hold", gone)
    for act in ({"act": "save"}, {"act": "read", "revision": "1"}):
        response = client.post(f"/account/guides/{guide.slug}/", act, follow=True)
        assert response.status_code == 200
        assert "This account has been deleted meanwhile" in response.text
