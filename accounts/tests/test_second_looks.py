"""Another look at a public page that was taken down: asked for, answered with a reason, told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecondLook, User
from accounts.profile import member_pages, second_looks
from accounts.tests.entering import letters_to, words
from accounts.tests.factories import create_user
from core import retention

pytestmark = pytest.mark.django_db
PAGE = "/account/profile/another-look/"
LIST = "/admin/accounts/memberpage/"
ASKED = "I have taken the advert out."


@pytest.fixture
def ada(client) -> User:
    """Somebody whose page was taken down, signed in."""
    user = create_user(email="ada@example.org", display_name="Ada")
    user.handle, user.is_profile_public = "ada", True
    user.save()
    client.force_login(user)
    return member_pages.take_down(user, "It sells shoes.")


@pytest.fixture
def desk() -> Client:
    desk = Client()
    desk.force_login(create_user(role="Moderator"))
    return desk


def answer(desk: Client, user: User, **data: str):
    return desk.post(reverse("admin:accounts_memberpage_answer", args=[user.pk]), data, follow=True)


def test_strangers_are_asked_to_sign_in_and_others_have_nothing_to_ask(client) -> None:
    assert client.get(PAGE).url.startswith("/account/login/")
    client.force_login(create_user())
    assert "Your public page is not taken down." in words(client.get(PAGE))
    response = client.post(PAGE, {"text": ASKED}, follow=True)
    assert "not taken down any more" in response.content.decode()
    assert not SecondLook.objects.exists()


def test_owner_is_led_there_and_asks_once(client, ada) -> None:
    assert f'href="{PAGE}"' in client.get("/account/profile/").content.decode()
    assert f"http://localhost:8000{PAGE}" in letters_to("ada@example.org")[-1].body
    assert "It sells shoes." in words(client.get(PAGE))

    response = client.post(PAGE, {"text": ASKED}, follow=True)

    assert "Your request is with us." in response.content.decode()
    assert ASKED in words(response)
    assert "waits for a person" in words(response)
    assert "<textarea" not in response.content.decode()
    response = client.post(PAGE, {"text": "Once more."}, follow=True)
    assert "before" in response.content.decode()
    assert SecondLook.objects.get().text == ASKED


@pytest.mark.parametrize(
    ("typed", "said"), [(" ", "Say what we should know"), ("a" * 1001, "room for 1000 characters")]
)
def test_what_cannot_be_taken_comes_back(client, ada, typed, said) -> None:
    response = client.post(PAGE, {"text": typed})

    assert response.status_code == 400
    assert said in words(response)
    assert typed.strip() in response.content.decode()
    assert not SecondLook.objects.exists()


def test_desk_sees_who_waits_first_and_puts_the_page_back(client, desk, ada) -> None:
    other = create_user(display_name="Later")
    User.objects.filter(pk=other.pk).update(handle="later", is_profile_public=True)
    second_looks.ask(ada, ASKED)

    page = desk.get(LIST).content.decode()
    assert page.index("another look asked for") < page.index("Later")
    page = desk.get(f"{LIST}{ada.pk}/change/").content.decode()
    assert ASKED in page
    assert "Answer the request" in page
    assert "Put this page back" not in page

    response = answer(desk, ada, outcome="back", reason="You are right.")

    assert "the page is put back. A letter tells" in response.content.decode()
    assert Client().get("/members/ada/").status_code == 200
    letter = letters_to("ada@example.org")[-1]
    assert letter.subject == "Your public page on Backend Guide is back"
    assert "> You are right." in letter.body


def test_page_stays_down_with_a_reason_that_stands_in_the_account(client, desk, ada) -> None:
    second_looks.ask(ada, ASKED)

    answer(desk, ada, outcome="down", reason="The shop is still linked.")

    assert Client().get("/members/ada/").status_code == 404
    assert "> The shop is still linked." in letters_to("ada@example.org")[-1].body
    assert "The shop is still linked." in words(client.get(PAGE))
    response = answer(desk, ada, outcome="back", reason="Once more.")
    assert "Nobody waits for an answer" in response.content.decode()
    assert len(letters_to("ada@example.org")) == 2


@pytest.mark.parametrize("data", [{"outcome": "back"}, {"reason": "Because."}])
def test_answer_needs_a_reason_and_an_outcome(desk, ada, data) -> None:
    second_looks.ask(ada, ASKED)

    assert answer(desk, ada, **data).status_code == 400
    assert SecondLook.objects.get().answered_at is None


def test_only_who_may_decide_about_pages_may_answer(ada) -> None:
    second_looks.ask(ada, ASKED)
    editor = Client()
    editor.force_login(create_user(role="Editor"))

    assert answer(editor, ada, outcome="back", reason="Because.").status_code in {403, 404}
    assert SecondLook.objects.get().answered_at is None


def test_putting_back_without_answering_closes_the_request(ada) -> None:
    second_looks.ask(ada, ASKED)

    member_pages.put_back(ada)

    assert SecondLook.objects.get().answer == member_pages.PUT_BACK


def test_each_decision_can_be_asked_about(client, ada) -> None:
    second_looks.ask(ada, ASKED)
    member_pages.put_back(ada)
    member_pages.take_down(ada, "Again shoes.")

    client.post(PAGE, {"text": "Not again."})

    assert SecondLook.objects.count() == 2


def test_answered_requests_are_forgotten_after_a_year_and_open_ones_stay(ada) -> None:
    second_looks.ask(ada, ASKED)
    later = timezone.now() + timedelta(days=366)
    assert retention.purge(later)["accounts.second-looks"] == 0
    second_looks.answer(ada, "No.", puts_back=False)

    assert retention.purge(later - timedelta(days=3))["accounts.second-looks"] == 0
    assert retention.purge(later)["accounts.second-looks"] == 1
