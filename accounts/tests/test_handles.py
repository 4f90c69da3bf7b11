"""Addresses of public pages: whose they are, and which nobody can have."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import RetiredHandle, User
from accounts.profile import handles
from accounts.profile.handles import HELD
from accounts.registries.holdings import CommentsChoice, Person, all_holdings
from accounts.tests.factories import create_user
from accounts.tests.test_profile import PAGE, filled, words
from core import retention

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


@pytest.fixture
def ada(client) -> User:
    user = create_user(display_name="Ada")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "handle",
    [
        *("admin", "adm1n", "4dmin", "a-d-m-i-n", "admin2", "the-admin", "admin-team", "m0derator"),
        *(
            "support",
            "rnod",
            "staff-member",
            "0fficial",
            "editor",
            "edit0r",
            "api",
            "backend-guide",
        ),
        *("backendgu1de", "my-backend-guide", "b4ckend-guide", "security", "1ogin", "root"),
    ],
)
def test_nobody_can_have_an_address_that_speaks_for_the_site(handle, client, ada) -> None:
    response = client.post(PAGE, filled(handle=handle))
    assert response.status_code == 400
    assert "could be taken for one of the site itself" in words(response)
    assert f'value="{handle}"' in response.content.decode()


@pytest.mark.parametrize(
    "handle", ["ada", "badminton", "modest", "r2d2", "123", "adam-in-rome", "staffan"]
)
def test_ordinary_addresses_are_free(handle, client, ada) -> None:
    assert client.post(PAGE, filled(handle=handle)).status_code == 303


def test_somebody_else_has_it(client, ada) -> None:
    other = create_user()
    User.objects.filter(pk=other.pk).update(handle="grace")
    response = client.post(PAGE, filled(handle="grace"))
    assert response.status_code == 400
    assert "Somebody has this address, or had it not long ago." in words(response)


def test_somebody_takes_it_in_the_same_second(client, ada, monkeypatch) -> None:
    other = create_user()
    User.objects.filter(pk=other.pk).update(handle="grace")
    monkeypatch.setattr(handles, "check_free", lambda handle, user: None)
    response = client.post(PAGE, filled(handle="grace", bio="My words."))
    assert response.status_code == 400
    assert "Somebody took this address just before you." in words(response)
    assert "My words." in words(response)
    ada.refresh_from_db()
    assert (ada.handle, ada.bio) == (None, "")


def test_a_given_up_address_is_free_for_its_owner_only_until_its_time_is_over(client, ada) -> None:
    client.post(PAGE, filled(handle="ada", is_profile_public="on"))
    client.post(PAGE, filled(handle="countess", is_profile_public="on"))
    assert client.get("/members/ada/").status_code == 404
    other = create_user()
    client.force_login(other)
    response = client.post(PAGE, filled(handle="ada"))
    assert "had it not long ago" in words(response)
    held = RetiredHandle.objects.get()
    assert abs(held.until - timezone.now() - HELD) < timedelta(minutes=1)
    client.force_login(ada)
    assert client.post(PAGE, filled(handle="ada")).status_code == 303
    ada.refresh_from_db()
    assert ada.handle == "ada"
    RetiredHandle.objects.update(until=timezone.now())
    client.force_login(other)
    assert client.post(PAGE, filled(handle="countess")).status_code == 303


def test_only_a_hash_of_a_given_up_address_is_kept(client, ada) -> None:
    client.post(PAGE, filled(handle="lovelace"))
    client.post(PAGE, filled(handle=""))
    held = RetiredHandle.objects.get()
    assert "lovelace" not in held.digest
    assert held.digest == handles.digest("lovelace")


def test_the_purge_forgets_addresses_after_90_days(client, ada) -> None:
    now = timezone.now()
    handles.retire("old", ada)
    handles.retire("young", ada)
    RetiredHandle.objects.filter(digest=handles.digest("old")).update(until=now)
    row = next(row for row in retention.table() if row.key == "retired-handles")
    assert row.period == timedelta(days=90)
    assert row.purge is not None
    assert row.purge(now) == 1
    assert RetiredHandle.objects.get().digest == handles.digest("young")


def test_who_leaves_takes_the_address_along_without_a_trace_of_who(client, ada) -> None:
    client.post(PAGE, filled(handle="first"))
    client.post(PAGE, filled(handle="second"))
    ada.refresh_from_db()
    person = Person(ada, frozenset({ada.email}), frozenset({"Ada", "second"}))
    holding = next(one for one in all_holdings() if one.key == "handles")
    (section,) = holding.export(person)
    assert len(section.rows) == 1
    holding.erase(person, CommentsChoice.REMOVE)
    assert set(RetiredHandle.objects.values_list("owner", flat=True)) == {None}
    other = create_user()
    client.force_login(other)
    for handle in ("first", "second"):
        assert client.post(PAGE, filled(handle=handle)).status_code == 400
