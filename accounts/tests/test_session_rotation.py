"""A change of rights ends the sessions of the person it is about; of nobody else."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from accounts.tests.entering import is_signed_in
from accounts.tests.guarding import PHONE, browser, person, sign_in
from accounts.tests.test_desk import PEOPLE, form_of

pytestmark = pytest.mark.django_db


def editors():
    return Group.objects.get(name="Editor")


def permission():
    return Permission.objects.get(codename="add_tag")


def fresh(user):
    return User.objects.get(pk=user.pk)


def save(user, **fields):
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()


def save_named(user):
    user.is_staff = True
    user.save(update_fields=["is_staff"])


CHANGES = {
    "may open the desk": lambda user: save(user, is_staff=True),
    "may do everything": lambda user: save(user, is_superuser=True),
    "switched off": lambda user: save(user, is_active=False),
    "named fields": save_named,
    "role given": lambda user: user.groups.add(editors()),
    "role set": lambda user: user.groups.set([editors()]),
    "role given from the other side": lambda user: editors().user_set.set([user]),
    "permission given": lambda user: user.user_permissions.add(permission()),
    "permission from the other side": lambda user: permission().user_set.set([user]),
}
TAKEN = {
    "role taken": lambda user: user.groups.remove(editors()),
    "roles cleared": lambda user: user.groups.clear(),
    "role cleared from the other side": lambda user: editors().user_set.clear(),
    "no longer staff": lambda user: save(user, is_staff=False),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_getting_rights_ends_the_sessions(client, change):
    user, other = person(), person()
    sign_in(client, user)
    stranger = browser()
    sign_in(stranger, other)

    change(fresh(user))

    assert not is_signed_in(client)
    assert is_signed_in(stranger)
    assert not UserSession.objects.filter(user=user).exists()


@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN.keys())
def test_losing_rights_ends_the_sessions(client, change):
    user = person(role="Editor")
    sign_in(client, user)
    assert is_signed_in(client)

    change(fresh(user))

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "change",
    [
        lambda user: save(user, display_name="Nora"),
        lambda user: save(user, is_staff=user.is_staff),
        lambda user: user.groups.add(editors()),  # had it already
        lambda user: user.groups.set([editors()]),
        lambda user: user.groups.remove(Group.objects.get(name="Author")),
        lambda user: user.save(update_fields=["last_login"]),
    ],
)
def test_what_changes_no_right_ends_nothing(client, change):
    user = person(role="Editor")
    sign_in(client, user)

    change(fresh(user))

    assert is_signed_in(client)


def test_person_can_sign_in_again_afterwards(client):
    user = person()
    sign_in(client, user)
    save(fresh(user), is_staff=True)

    sign_in(client, user)

    assert is_signed_in(client)


def test_rights_changed_at_the_desk_end_the_sessions_of_the_person(client):
    user = person()
    theirs = browser(PHONE)
    sign_in(theirs, user)
    client.force_login(person(role="Administrator"))

    client.post(f"{PEOPLE}{user.pk}/change/", form_of(user, is_staff="on", groups=[editors().pk]))

    assert fresh(user).is_staff
    assert not is_signed_in(theirs)
    assert client.get("/admin/").status_code == 200


def test_who_changes_the_own_rights_stays_signed_in_here_only(client):
    user = person(is_superuser=True)
    sign_in(client, user)
    other = browser(PHONE)
    sign_in(other, user)
    key = client.session.session_key

    data = form_of(user, is_superuser="on", groups=[editors().pk])
    client.post(f"{PEOPLE}{user.pk}/change/", data)

    assert fresh(user).groups.get() == editors()
    assert is_signed_in(client)
    assert client.session.session_key != key
    assert not is_signed_in(other)
    assert UserSession.objects.get(user=user).session_key == client.session.session_key


def test_saving_the_own_page_without_a_change_ends_nothing(client):
    user = person(is_superuser=True)
    sign_in(client, user)
    key = client.session.session_key

    client.post(f"{PEOPLE}{user.pk}/change/", form_of(user, is_superuser="on"))

    assert client.session.session_key == key


def test_no_second_session_of_a_person_switched_off(client):
    user = person()
    sign_in(client, user)

    save(fresh(user), is_active=False)
    sign_in(client, user)

    assert not is_signed_in(client)
