"""The outbox at the desk: what happened to letters, and never for whom they are."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.utils import timezone

from mailing import outbox
from mailing.delivery import deliver
from mailing.models import Letter
from mailing.tests.letters import ADDRESS, queue_letter

pytestmark = pytest.mark.django_db
LIST = "/admin/mailing/letter/"


def signed_in(django_user_model, *groups: str) -> Client:
    user = django_user_model.objects.create_user("desk@example.net", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def administrator(django_user_model) -> Client:
    return signed_in(django_user_model, "Administrator")


def retry(client: Client, *letters: Letter):
    chosen = [letter.pk for letter in letters]
    return client.post(LIST, {"action": "try_again_now", "_selected_action": chosen}, follow=True)


def test_the_list_says_what_became_of_letters(administrator, server_down) -> None:
    deliver(queue_letter("act-7").pk)
    queue_letter("reply-8")
    page = administrator.get(LIST)
    assert page.status_code == 200
    for words in ("act-7", "reply-8", "SMTPServerDisconnected", "Waits"):
        assert words in page.text


def test_no_address_and_no_words_are_shown(administrator) -> None:
    letter = queue_letter("act-7", headers={"List-Unsubscribe": "<https://a.example/token/>"})
    detail = f"{LIST}{letter.pk}/change/"
    for address in (LIST, detail, f"{LIST}{letter.pk}/history/"):
        page = administrator.get(address)
        assert page.status_code == 200
        for words in ("private", "went through the outbox", "/token/"):
            assert words not in page.text


def test_an_address_cannot_be_looked_for(administrator) -> None:
    queue_letter("act-7")
    assert "0 letters" in administrator.get(LIST, {"q": ADDRESS}).text
    for lookup in ("recipient__startswith", "text__contains", "recipient"):
        assert administrator.get(LIST, {lookup: "private"}).status_code == 400


@pytest.mark.parametrize(
    ("fate", "keys"),
    [
        ("waiting", {"waiting"}),
        ("sent", {"sent"}),
        ("taken-back", {"taken-back"}),
        ("given-up", {"given-up"}),
    ],
)
def test_the_list_is_filtered_by_what_became_of_them(administrator, fate, keys) -> None:
    for key in ("waiting", "sent", "taken-back", "given-up"):
        queue_letter(key)
    deliver(Letter.objects.get(key="sent").pk)
    outbox.cancel("taken-back")
    Letter.objects.filter(key="given-up").update(next_try_at=None)
    found = administrator.get(LIST, {"fate": fate}).context["cl"].queryset
    assert {letter.key for letter in found} == keys


def test_a_letter_is_tried_again(administrator, server_down) -> None:
    letter = queue_letter()
    deliver(letter.pk)
    server_down(None)
    page = retry(administrator, letter)
    assert "1 letter is tried again now." in page.text
    outbox.sweep()
    assert len(mail.outbox) == 1


def test_what_is_out_or_taken_back_is_left_alone(administrator) -> None:
    sent, taken_back = queue_letter("act-1"), queue_letter("act-2")
    deliver(sent.pk)
    outbox.cancel("act-2")
    page = retry(administrator, sent, taken_back)
    assert "2 letters were left alone" in page.text
    outbox.sweep()
    assert len(mail.outbox) == 1


def test_a_letter_cannot_be_written_changed_or_deleted_there(administrator) -> None:
    letter = queue_letter()
    assert administrator.get(f"{LIST}add/").status_code == 403
    assert administrator.get(f"{LIST}{letter.pk}/delete/").status_code == 403
    assert administrator.post(f"{LIST}{letter.pk}/change/", {"key": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["Moderator", "Editor", "Author", "Analyst"])
def test_others_at_the_desk_do_not_see_it(django_user_model, role) -> None:
    queue_letter()
    assert signed_in(django_user_model, role).get(LIST).status_code == 403


def test_who_only_looks_cannot_retry(django_user_model) -> None:
    client = signed_in(django_user_model)
    user = django_user_model.objects.get()
    user.user_permissions.add(Permission.objects.get(codename="view_letter"))
    letter = queue_letter()
    Letter.objects.update(next_try_at=None)
    assert "Try again now" not in client.get(LIST).text
    retry(client, letter)
    letter.refresh_from_db()
    assert letter.next_try_at is None


def test_the_tasks_of_letters_hold_no_address(client, django_user_model) -> None:
    boss = django_user_model.objects.create_superuser("boss@example.net")
    client.force_login(boss)
    queue_letter(not_before=timezone.now())
    (row,) = client.get("/admin/django_tasks_database/dbtaskresult/").context["cl"].queryset
    page = client.get(f"/admin/django_tasks_database/dbtaskresult/{row.pk}/change/")
    assert page.status_code == 200
    assert "private" not in page.text
