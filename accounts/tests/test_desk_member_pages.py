"""Public pages at the desk: taken down with a reason, put back, and always told."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.profile import member_pages
from accounts.tests.factories import create_user
from mailing.tests.postbox import deliver_all

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/memberpage/"
WHY = "It sells shoes.\nNothing else."


@pytest.fixture
def ada() -> User:
    user = create_user(email="ada@example.org", display_name="Ada")
    user.handle, user.is_profile_public, user.bio = "ada", True, "Buy shoes at my shop."
    user.save()
    return user


@pytest.fixture
def desk(client) -> Client:
    client.force_login(create_user(role="Moderator", display_name="Mo"))
    return client


def down(user: User) -> str:
    return reverse("admin:accounts_memberpage_take_down", args=[user.pk])


def back(user: User) -> str:
    return reverse("admin:accounts_memberpage_put_back", args=[user.pk])


def test_the_list_shows_pages_and_no_address(desk, ada) -> None:
    create_user(email="shy@example.org", display_name="Shy")
    page = desk.get(LIST).content.decode()
    assert "Buy shoes at my shop." in page
    assert "Shy" not in page
    assert "@example.org" not in page
    page = desk.get(f"{LIST}{ada.pk}/change/").content.decode()
    assert "Take this page down" in page
    assert "ada@example.org" not in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("query", ["email__startswith=a", "password__startswith=a"])
def test_no_filter_spells_out_an_address(query, desk, ada) -> None:
    assert desk.get(f"{LIST}?{query}").status_code in {302, 400}


def test_a_page_is_taken_down_and_its_owner_told(desk, ada) -> None:
    assert desk.get(down(ada)).status_code == 200
    response = desk.post(down(ada), {"reason": WHY}, follow=True)
    assert "Page taken down. A letter tells its owner." in response.content.decode()
    assert Client().get("/members/ada/").status_code == 404
    (letter,) = deliver_all()
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Your public page on Backend Guide was taken down"
    assert "> It sells shoes.\n> Nothing else." in letter.body
    assert "http://localhost:8000/account/profile/" in letter.body
    assert "Mo" not in letter.body.replace("Moderator", "")
    owner = Client()
    owner.force_login(ada)
    profile = owner.get("/account/profile/").content.decode()
    assert "Your public page was taken down" in profile
    assert "It sells shoes." in profile
    assert "Buy shoes at my shop." in profile
    assert "Your public page was taken down." in owner.get("/account/").content.decode()


def test_the_owner_cannot_put_it_back_by_saving(desk, ada) -> None:
    member_pages.take_down(ada, WHY)
    owner = Client()
    owner.force_login(ada)
    sent = {
        "display_name": "Ada",
        "time_zone": "UTC",
        "handle": "ada",
        "bio": "I count.",
        "is_profile_public": "on",
        "links-TOTAL_FORMS": "0",
        "links-INITIAL_FORMS": "0",
        "profile_blocked_at": "",
        "profile_blocked_reason": "",
    }
    assert owner.post("/account/profile/", sent).status_code == 303
    assert Client().get("/members/ada/").status_code == 404


def test_a_page_is_put_back_and_its_owner_told(desk, ada) -> None:
    desk.post(down(ada), {"reason": WHY})
    deliver_all()
    mail.outbox.clear()
    assert "It sells shoes." in desk.get(back(ada)).content.decode()
    response = desk.post(back(ada), follow=True)
    assert "Page put back. A letter tells its owner." in response.content.decode()
    assert Client().get("/members/ada/").status_code == 200
    (letter,) = deliver_all()
    assert letter.subject == "Your public page on Backend Guide is no longer blocked"
    assert "Everybody can read it again:" in " ".join(letter.body.split())
    assert "http://localhost:8000/members/ada/" in letter.body


def test_each_time_is_told_anew(desk, ada) -> None:
    for _ in range(2):
        desk.post(down(ada), {"reason": WHY})
        desk.post(back(ada))
    subjects = [letter.subject for letter in deliver_all()]
    assert len(subjects) == 4


def test_who_wants_no_page_any_more_is_not_told_of_one(desk, ada) -> None:
    desk.post(down(ada), {"reason": WHY})
    User.objects.filter(pk=ada.pk).update(is_profile_public=False)
    desk.post(back(ada))
    said = " ".join(deliver_all()[-1].body.split())
    assert "It is not shown now, because your profile says so." in said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say why: the person reads it"),
        (" \n ", "Say why: the person reads it"),
        ("x" * 301, "There is room for 300 characters; this has 301."),
    ],
)
def test_without_a_good_reason_nothing_happens(reason, said, desk, ada) -> None:
    response = desk.post(down(ada), {"reason": reason})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert reason.strip() in response.content.decode()
    assert Client().get("/members/ada/").status_code == 200
    assert deliver_all() == []


def test_twice_is_once(desk, ada) -> None:
    desk.post(down(ada), {"reason": WHY})
    response = desk.post(down(ada), {"reason": "Another."}, follow=True)
    assert "This page is down already." in response.content.decode()
    ada.refresh_from_db()
    assert ada.profile_blocked_reason == WHY
    desk.post(back(ada))
    response = desk.post(back(ada), follow=True)
    assert response.status_code == 200
    assert len(deliver_all()) == 2


def test_the_log_of_the_desk_says_who_and_holds_no_words_about_the_person(desk, ada) -> None:
    desk.post(down(ada), {"reason": WHY})
    entry = LogEntry.objects.get()
    assert entry.user is not None
    assert entry.user.display_name == "Mo"
    assert entry.change_message == "Page taken down."


@pytest.mark.parametrize("role", ["Author", "Editor", "Analyst", ""])
def test_others_cannot_take_pages_down(role, client, ada) -> None:
    client.force_login(create_user(role=role))
    for path in (LIST, down(ada), back(ada)):
        assert client.get(path).status_code in {302, 403}
        assert client.post(path, {"reason": WHY}).status_code in {302, 403}
    assert Client().get("/members/ada/").status_code == 200


def test_administrators_can_take_pages_down(client, ada) -> None:
    client.force_login(create_user(role="Administrator"))
    client.post(down(ada), {"reason": WHY})
    assert Client().get("/members/ada/").status_code == 404


def test_who_has_no_page_is_not_found(desk) -> None:
    shy = create_user()
    assert desk.get(down(shy)).status_code == 404
    assert desk.post(down(shy), {"reason": WHY}).status_code == 404


def test_nobody_adds_or_deletes_people_here(client, ada) -> None:
    client.force_login(create_user(is_superuser=True))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ada.pk).exists()
