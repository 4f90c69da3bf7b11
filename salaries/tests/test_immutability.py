"""What is published stays as it is, whoever asks: model, query or SQL."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from salaries.edition_files import cells_digest
from salaries.editions import cells_of
from salaries.models import ConversionRate, Edition, Figure, PublishedEditionError
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db

RATE = {"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "Round numbers."}
REFUSED = (IntegrityError, InternalError)
WORDS = "a published edition cannot be changed"


@pytest.fixture
def published() -> Edition:
    return edition(cell(), cell(country="PL"), rates=[RATE], slug="so-2025")


@pytest.fixture
def draft() -> Edition:
    return edition(rates=[RATE], slug="draft", is_published=False)


def refused(change: Callable[[], object]) -> None:
    with pytest.raises(REFUSED, match=WORDS), transaction.atomic():
        change()


def test_saving_and_deleting_are_refused(published: Edition) -> None:
    published.title = "Another title"
    with pytest.raises(PublishedEditionError, match="make a new one"):
        published.save()
    with pytest.raises(PublishedEditionError, match="cited"):
        published.delete()
    assert Edition.objects.get().title == "Developer Survey 2025"


def test_queries_are_refused_by_the_database(published: Edition) -> None:
    refused(lambda: Edition.objects.update(title="Another title"))
    refused(lambda: Edition.objects.update(published_at=None))
    refused(lambda: Edition.objects.all().delete())
    refused(lambda: Figure.objects.update(p50=1))
    refused(lambda: Figure.objects.update(is_withheld=True))
    refused(lambda: Figure.objects.filter(country="PL").delete())
    refused(lambda: Figure.objects.get(country="PL").delete())
    refused(lambda: ConversionRate.objects.update(per_unit=2))
    refused(lambda: ConversionRate.objects.all().delete())
    refused(lambda: published.rates.create(currency="PLN", per_unit=3, kind="stated", note="x"))
    assert cells_digest(cells_of(published), year=2025) == Edition.objects.get().figures_digest
    assert published.rates.count() == 1


def test_a_new_figure_is_refused(published: Edition) -> None:
    figure = published.figures.get(country="DE")
    figure.pk, figure.role = None, "devops"
    refused(figure.save)
    refused(lambda: Figure.objects.bulk_create([figure]))
    assert published.figures.count() == 2


@pytest.mark.parametrize("table", ["salaries_figure", "salaries_conversionrate"])
def test_nothing_moves_in_or_out(published: Edition, draft: Edition, table: str) -> None:
    def move(source: Edition, target: Edition) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET edition_id = %s WHERE edition_id = %s", [target.pk, source.pk]
            )

    refused(lambda: move(published, draft))
    refused(lambda: move(draft, published))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE salaries_edition SET method = 'other'",
        "UPDATE salaries_edition SET published_at = published_at",
        "DELETE FROM salaries_edition",
        "UPDATE salaries_figure SET flags = '[]'",
        "DELETE FROM salaries_figure",
        "DELETE FROM salaries_conversionrate",
    ],
)
def test_plain_sql_is_refused(published: Edition, statement: str) -> None:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    refused(run)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
@pytest.mark.parametrize("table", ["salaries_edition", "salaries_figure"])
def test_nothing_takes_the_place_of_what_is_published(
    published: Edition, draft: Edition, table: str
) -> None:
    of_edition = "id" if table == "salaries_edition" else "edition_id"

    def run(statement: str, ids: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, ids)

    model = Edition if table == "salaries_edition" else Figure
    changed = {"title": "'Other'", "is_withheld": "1", "edition_id": str(draft.pk)}
    names = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(name, name) for name in names)
    copy = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"
    refused(lambda: run(f"{copy} WHERE {of_edition} = %s", [published.pk]))
    kept = published.pk if model is Edition else published.figures.get(country="DE").pk
    other = draft.pk if model is Edition else draft.figures.get().pk
    refused(lambda: run(f"UPDATE OR REPLACE {table} SET id = %s WHERE id = %s", [kept, other]))
    assert cells_digest(cells_of(published), year=2025) == published.figures_digest


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
def test_no_draft_takes_the_name_of_a_published_edition(published: Edition, draft: Edition) -> None:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE OR REPLACE salaries_edition SET slug = 'so-2025' WHERE id = %s", [draft.pk]
            )

    refused(run)


def test_an_edition_that_will_be_public_tomorrow_is_fixed_today() -> None:
    edition()
    ahead = edition(is_published=False)
    Edition.objects.filter(pk=ahead.pk).update(
        published_at=timezone.now() + timedelta(days=1), figures_digest="0" * 64
    )
    refused(lambda: ahead.figures.update(p50=1))


def test_a_draft_can_be_changed_and_deleted(published: Edition, draft: Edition) -> None:
    draft.title = "Another title"
    draft.save()
    draft.figures.update(p50=90000)
    draft.rates.update(per_unit=1)
    draft.figures.filter(country="DE").update(role="devops")
    draft.delete()
    assert Edition.objects.get() == published
    assert Figure.objects.count() == 2


def test_countries_and_sources_of_figures_cannot_vanish(published: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        published.source.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        published.figures.get(country="PL").country.delete()


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            "Analyst",
            {"view_edition", "add_edition", "change_edition", "publish_edition", "view_figure"},
            {"delete_edition", "add_figure", "change_figure", "add_salaryguide"},
        ),
        (
            "Editor",
            {"view_edition", "view_figure", "add_salaryguide", "change_salaryguide"},
            {"add_edition", "publish_edition", "change_figure"},
        ),
        ("Author", {"view_edition", "view_figure", "view_salaryguide"}, {"add_edition"}),
        ("Moderator", {"view_figure"}, {"change_edition"}),
        (
            "Administrator",
            {"publish_edition", "add_salaryguide", "delete_salaryguide"},
            {"change_figure", "delete_edition"},
        ),
    ],
)
def test_who_may_do_what(role: str, may: set[str], may_not: set[str]) -> None:
    rights = set(
        Group.objects.get(name=role)
        .permissions.filter(content_type__app_label="salaries")
        .values_list("codename", flat=True)
    )
    assert may <= rights
    assert not may_not & rights
