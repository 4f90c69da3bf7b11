"""Every model is either named by a holding, or said to hold nothing of a person, and why."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from accounts.models import CommentsChoice
from accounts.registries.holdings import all_holdings, person_of
from accounts.tests.factories import create_user

# Whoever adds a model decides: a holding of its app names it, or it stands here with a reason.
NOBODY = {
    "accounts.DocumentVersion": "a text of the site; who agreed to it stands in Consent",
    "accounts.Erasure": "that somebody left, and not who",
    "articles.Article_related": "which guide names which",
    "articles.Article_tags": "which guide has which tag",
    "articles.Authorship": "which byline stands on which guide; a byline is no account",
    "articles.Category": "words of the site",
    "articles.Diagram": "a drawing of the site",
    "articles.Reference": "what a guide uses",
    "articles.Tag": "words of the site",
    "auth.Group": "a role; who has it stands in User_groups",
    "auth.Group_permissions": "what a role may do",
    "auth.Permission": "what can be allowed",
    "comments.Policy": "how comments are treated; who changed it stands in its history",
    "comments.Thread": "the comments of a guide, counted",
    "contenttypes.ContentType": "names of models",
    "evidence.Claim": "a statement with its source",
    "evidence.Source": "a published document",
    "salaries.ConsumerPrices": "statistics",
    "salaries.ConversionRate": "statistics",
    "salaries.Country": "statistics",
    "salaries.Edition": "statistics",
    "salaries.Figure": "statistics of groups, never of one person",
    "salaries.PriceLevel": "statistics",
    "salaries.SalaryGuide": "which guide has which figure",
    "socialaccount.SocialApp": "keys of the site at another site",
}


def all_models() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in found if not model._meta.proxy}


def named() -> set[str]:
    return {label for holding in all_holdings() for label in holding.models}


def ties(model: type[models.Model]) -> list[str]:
    """Return the fields of a model that point at a person or hold an address."""
    user = get_user_model()
    return [
        field.name
        for field in model._meta.fields
        if field.related_model is user
        or isinstance(field, models.EmailField | models.GenericIPAddressField)
    ]


@pytest.mark.parametrize("label", sorted(all_models()))
def test_every_model_is_decided_about(label: str) -> None:
    is_named, holds_nobody = label in named(), label in NOBODY

    assert is_named or holds_nobody, f"{label}: name it in a holding, or say here why not."
    assert not (is_named and holds_nobody), f"{label} stands in both lists."


@pytest.mark.parametrize("label", sorted(NOBODY))
def test_what_holds_nobody_has_no_tie_to_anybody(label: str) -> None:
    assert ties(all_models()[label]) == []


def test_holdings_name_models_that_exist() -> None:
    assert named() <= set(all_models())


def test_no_model_is_held_twice() -> None:
    labels = [label for holding in all_holdings() for label in holding.models]

    assert len(labels) == len(set(labels))


@pytest.mark.django_db
def test_sections_have_keys_of_their_own_and_are_explained() -> None:
    person = person_of(create_user())
    found = [section for holding in all_holdings() for section in holding.export(person)]

    assert len({section.key for section in found}) == len(found)
    assert len({section.title for section in found}) == len(found)
    assert all(section.about.endswith(".") for section in found)


@pytest.mark.django_db
@pytest.mark.parametrize("choice", list(CommentsChoice))
def test_every_holding_erases_somebody_who_left_no_trace(choice: CommentsChoice) -> None:
    person = person_of(create_user())

    for holding in all_holdings():
        assert all(count >= 0 for count in holding.erase(person, choice).values())
