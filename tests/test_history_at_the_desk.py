"""The desk shows each row with a history as it was, and brings an earlier version back."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from accounts.tests.factories import create_user
from articles.models import Category, Contributor, Diagram, Tag
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_diagram,
    create_tag,
)
from comments.models import Policy, Rule
from comments.tests.factories import set_policy
from comments.tests.rule_desk import stored
from evidence.models import Claim, Source
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

MADE = {
    Category: create_category,
    Tag: create_tag,
    Contributor: create_contributor,
    Diagram: create_diagram,
    Claim: create_claim,
    Source: create_source,
    Policy: set_policy,
    Rule: stored,
}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(create_user(display_name="Sue", is_staff=True, is_superuser=True))
    return client


def test_each_model_with_a_history_at_the_desk_is_looked_at() -> None:
    with_history = {
        model for model, at in admin.site._registry.items() if isinstance(at, SimpleHistoryAdmin)
    }
    assert with_history == set(MADE)


@pytest.mark.parametrize("model", MADE, ids=lambda model: model._meta.label)
def test_the_history_and_each_version_of_it(desk: Client, model) -> None:
    row = MADE[model]()
    row.save()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert desk.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert desk.get(reverse(f"{name}_history", args=[row.pk])).status_code == 200
    versions = [
        reverse(f"{name}_simple_history", args=[row.pk, record.pk]) for record in row.history.all()
    ]
    assert len(versions) == 2
    for version in versions:
        assert desk.get(version).status_code == 200


def test_an_earlier_name_comes_back_and_the_address_stays(desk: Client) -> None:
    tag = create_tag(name="Queues", slug="queues")
    tag.name = "Lines"
    tag.save()
    first = tag.history.order_by("history_id").first()
    version = reverse("admin:articles_tag_simple_history", args=[tag.pk, first.pk])
    sent = {"name": "Queues", "description": first.description}
    assert desk.post(version, sent).status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Queues", "queues")


@pytest.mark.parametrize("model", [Category, Tag, Contributor, Source])
def test_the_browser_suggests_a_name_for_a_new_row_alone(desk: Client, model) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert "#id_slug" in desk.get(reverse(f"{name}_add")).text
    row = MADE[model]()
    assert "#id_slug" not in desk.get(reverse(f"{name}_change", args=[row.pk])).text
