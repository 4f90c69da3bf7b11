"""People at the desk: added by e-mail, given roles, never raised above the one who does it."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.utils.html import strip_tags

from accounts.models import User
from accounts.tests.factories import PASSWORD, create_user

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"


def sign_in(client, role="Administrator", **fields):
    user = create_user(role=role, **fields)
    client.force_login(user)
    return user


def text_of(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def new_person(**changes):
    return {
        "email": "nora@example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def form_of(user, **changes):
    """Return the change form of a person as a browser would send it."""
    fields = {
        "email": user.email,
        "display_name": user.display_name,
        "groups": [group.pk for group in user.groups.all()],
        "is_active": "on",
    }
    return {**fields, **({"is_staff": "on"} if user.is_staff else {}), **changes}


def test_person_is_added_by_address_and_can_sign_in(client):
    sign_in(client)

    client.post(f"{PEOPLE}add/", new_person(email="Nora@Example.org"))

    user = User.objects.get(email="nora@example.org")
    assert user.check_password(PASSWORD)
    assert not user.is_staff


def test_person_without_a_password_is_added_too(client):
    sign_in(client)

    client.post(f"{PEOPLE}add/", new_person(usable_password="false", password1="", password2=""))

    assert not User.objects.get(email="nora@example.org").has_usable_password()


@pytest.mark.parametrize("email", ["nora@example.org", "NORA@example.org"])
def test_address_means_one_person_in_any_case(client, email):
    sign_in(client)
    create_user(email="nora@example.org")

    response = client.post(f"{PEOPLE}add/", new_person(email=email))

    assert response.status_code == 200
    assert "already exists" in text_of(response)
    assert User.objects.filter(email__iexact=email).count() == 1


def test_address_of_another_cannot_be_taken_later(client):
    sign_in(client)
    create_user(email="nora@example.org")
    other = create_user(email="olga@example.org")

    response = client.post(f"{PEOPLE}{other.pk}/change/", form_of(other, email="Nora@example.org"))

    assert "already exists" in text_of(response)


@pytest.mark.parametrize("email", ["", "nora", "nora@", "nora example.org"])
def test_bad_address_is_refused(client, email):
    sign_in(client)

    assert client.post(f"{PEOPLE}add/", new_person(email=email)).status_code == 200
    assert User.objects.count() == 1


def test_weak_password_is_refused(client):
    sign_in(client)

    response = client.post(f"{PEOPLE}add/", new_person(password1="short", password2="short"))

    assert "too short" in text_of(response)
    assert User.objects.count() == 1


def test_role_is_given(client):
    sign_in(client)
    user = create_user()
    editors = Group.objects.get(name="Editor")

    data = form_of(user, is_staff="on", groups=[editors.pk])
    client.post(f"{PEOPLE}{user.pk}/change/", data)

    promoted = User.objects.get(pk=user.pk)
    assert promoted.is_staff
    assert promoted.has_perm("articles.publish_article")
    assert "Editor" in text_of(client.get(PEOPLE))


def test_administrator_cannot_hand_out_rights_beyond_the_roles(client):
    administrator = sign_in(client)
    address = f"{PEOPLE}{administrator.pk}/change/"

    assert 'name="is_superuser"' not in client.get(address).content.decode()
    client.post(address, form_of(administrator, is_superuser="on"))

    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_administrator_cannot_take_over_a_superuser(client):
    sign_in(client)
    owner = create_user(is_superuser=True, password=PASSWORD)
    base = f"{PEOPLE}{owner.pk}"
    new = "another long password here"

    assert client.post(f"{base}/change/", form_of(owner, email="x@example.org")).status_code == 403
    changed = client.post(f"{base}/password/", {"password1": new, "password2": new})
    assert changed.status_code == 403
    assert client.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_superuser_may_make_another(client):
    client.force_login(create_user(is_superuser=True))
    user = create_user(role="Editor")

    client.post(f"{PEOPLE}{user.pk}/change/", form_of(user, is_superuser="on"))

    user.refresh_from_db()
    assert user.is_superuser


def test_nobody_deletes_the_own_account_at_the_desk(client):
    owner = create_user(is_superuser=True)
    client.force_login(owner)
    chosen = {"action": "delete_selected", "_selected_action": owner.pk, "post": "yes"}

    assert client.post(f"{PEOPLE}{owner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(PEOPLE, chosen).status_code == 403
    assert User.objects.filter(pk=owner.pk).exists()


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_only_administrators_manage_people(client, role):
    user = sign_in(client, role)

    assert client.get(PEOPLE).status_code == 403
    assert client.get(f"{PEOPLE}add/").status_code == 403
    assert client.get(f"{PEOPLE}{user.pk}/change/").status_code == 403


def test_list_costs_the_same_for_many_people(client, django_assert_max_num_queries):
    sign_in(client)
    for _ in range(15):
        create_user(role="Author")

    # Two are of the frame: how many comments wait, and whether the comment policy can be added.
    with django_assert_max_num_queries(11):
        assert client.get(PEOPLE).status_code == 200


def test_person_signs_in_at_the_desk_by_address(client):
    create_user(email="nora@example.org", role="Editor", password=PASSWORD)

    data = {"login": "Nora@Example.org", "password": PASSWORD}
    response = client.post("/account/login/?next=/admin/", data, follow=True)

    assert response.redirect_chain[-1][0] == "/admin/"
    assert "The desk" in text_of(response)
