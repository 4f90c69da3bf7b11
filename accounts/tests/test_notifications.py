"""Which letters a person wants: one by one, or none at all."""

import html
import re

import pytest
from django.test import Client

from accounts.models import NotificationChoice, User
from accounts.registries import notices
from accounts.tests.factories import create_user

pytestmark = pytest.mark.django_db

PAGE = "/account/notifications/"


@pytest.fixture
def ada() -> User:
    return create_user(email="ada@example.org")


@pytest.fixture
def signed_in(client, ada) -> Client:
    client.force_login(ada)
    return client


def optional() -> list[str]:
    return [kind.key for kind in notices.kinds() if not kind.is_required]


def ticked(client) -> list[str]:
    """Return the kinds that are ticked on the page."""
    boxes = re.findall(r'<input type="checkbox"[^>]*>', client.get(PAGE).content.decode())
    return [
        found[1]
        for box in boxes
        if " checked" in box and (found := re.search(r'value="(.*?)"', box))
    ]


def test_everything_is_on_at_first(signed_in) -> None:
    assert ticked(signed_in) == optional()
    assert not NotificationChoice.objects.exists()


def test_one_kind_is_switched_off_and_on_again(signed_in, ada) -> None:
    off, *rest = optional()
    response = signed_in.post(PAGE, {"do": "save", "wanted": rest})
    assert (response.status_code, response["Location"]) == (303, PAGE)
    assert "Your choice is saved." in signed_in.get(PAGE).content.decode()
    assert ticked(signed_in) == rest
    assert not notices.wants(ada, off)
    assert all(notices.wants(ada, key) for key in rest)
    signed_in.post(PAGE, {"do": "save", "wanted": optional()})
    assert ticked(signed_in) == optional()
    assert notices.wants(ada, off)


def test_all_are_switched_off_at_once_whatever_is_ticked(signed_in, ada) -> None:
    signed_in.post(PAGE, {"do": "none", "wanted": optional()})
    page = signed_in.get(PAGE).content.decode()
    assert "Every letter that can be switched off is off." in page
    assert ticked(signed_in) == []
    assert "Switch all of them off" not in page
    assert not any(notices.wants(ada, key) for key in optional())


def test_required_letters_are_explained_and_stay_on(signed_in, ada) -> None:
    page = html.unescape(signed_in.get(PAGE).content.decode())
    required = [kind for kind in notices.kinds() if kind.is_required]
    assert {"account", "comments.decisions"} <= {kind.key for kind in required}
    for kind in required:
        assert kind.label in page
        assert kind.help in page
        assert f'value="{kind.key}"' not in page
    signed_in.post(PAGE, {"do": "none"})
    assert all(notices.wants(ada, kind.key) for kind in required)
    assert not NotificationChoice.objects.filter(kind__in=[kind.key for kind in required]).exists()


def test_the_choice_is_nobody_elses(signed_in) -> None:
    other = create_user()
    signed_in.post(PAGE, {"do": "none"})
    assert all(notices.wants(other, key) for key in optional())


def test_unknown_kinds_are_not_stored(signed_in) -> None:
    signed_in.post(PAGE, {"do": "save", "wanted": ["nothing", "account", *optional()]})
    kinds = NotificationChoice.objects.values_list("kind", flat=True)
    assert sorted(kinds) == sorted(optional())


@pytest.mark.parametrize("sent", [{}, {"do": "everything"}])
def test_a_form_that_is_not_ours_changes_nothing(sent, signed_in) -> None:
    assert signed_in.post(PAGE, sent).status_code == 400
    assert not NotificationChoice.objects.exists()


def test_who_is_not_signed_in_is_asked_to(client) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")
    assert client.post(PAGE, {"do": "none"}).status_code == 403
    assert not NotificationChoice.objects.exists()


def test_other_methods_are_refused(signed_in) -> None:
    assert signed_in.put(PAGE).status_code == 405


def test_the_page_names_the_address_that_letters_go_to(signed_in) -> None:
    assert "ada@example.org" in signed_in.get(PAGE).content.decode()


def test_the_overview_counts_what_is_on(signed_in) -> None:
    off, *rest = optional()
    signed_in.post(PAGE, {"do": "save", "wanted": rest})
    said = f"{len(rest)} of {len(rest) + 1} kinds of letters that you can choose are on."
    assert said in signed_in.get("/account/").content.decode()
    assert off not in ticked(signed_in)
    signed_in.post(PAGE, {"do": "none"})
    assert "Every kind of letter that you can choose is off." in (
        signed_in.get("/account/").content.decode()
    )


def test_asking_for_an_unknown_kind_is_our_mistake(ada) -> None:
    with pytest.raises(KeyError):
        notices.wants(ada, "nothing")
