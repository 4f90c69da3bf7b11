"""Who may look at roles, and who may change what a role is allowed to do."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import ADMINISTRATOR, EDITOR
from accounts.tests.factories import create_user

pytestmark = pytest.mark.django_db
LIST = "/admin/auth/group/"


def page_of(role: str) -> str:
    return f"{LIST}{Group.objects.get(name=role).pk}/change/"


def test_administrator_reads_roles_and_changes_none(client):
    client.force_login(create_user(role=ADMINISTRATOR))
    own = Group.objects.get(name=ADMINISTRATOR)
    before = set(own.permissions.values_list("pk", flat=True))
    every = list(Permission.objects.values_list("pk", flat=True))

    page = client.get(page_of(ADMINISTRATOR))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    sent = client.post(page_of(ADMINISTRATOR), {"name": ADMINISTRATOR, "permissions": every})

    assert sent.status_code == 403
    assert set(own.permissions.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("address", ["add", "delete"])
def test_administrator_makes_and_deletes_no_role(client, address):
    client.force_login(create_user(role=ADMINISTRATOR))
    pages = {"add": f"{LIST}add/", "delete": page_of(EDITOR).replace("change", "delete")}

    assert client.post(pages[address], {"name": "Other", "post": "yes"}).status_code == 403
    assert Group.objects.filter(name=EDITOR).exists()


def test_superuser_changes_a_role(client):
    client.force_login(create_user(is_superuser=True))

    client.post(page_of(EDITOR), {"name": EDITOR, "permissions": []})

    assert not Group.objects.get(name=EDITOR).permissions.exists()


def test_editor_sees_no_roles(client):
    client.force_login(create_user(role=EDITOR))

    assert client.get(LIST).status_code == 403
