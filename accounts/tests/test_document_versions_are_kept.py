"""The database keeps every version as it was published, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import Consent, Document, DocumentVersion
from accounts.tests.factories import create_user
from accounts.tests.papers import put

pytestmark = pytest.mark.django_db

CHANGES = {
    "document": "privacy",
    "number": 9,
    "in_force_from": "2020-01-01",
    "is_notable": False,
    "change": "Nothing.",
    "text": "Other words.",
    "html": "<p>Other words.</p>",
    "keepings": [{"what": "Nothing"}],
    "published_at": "2020-01-01T00:00:00Z",
    "library_digest": "",
}


def test_every_column_is_tried_here():
    columns = {field.name for field in DocumentVersion._meta.concrete_fields}

    assert columns == {*CHANGES, "id"}


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_can_be_changed(column):
    put()
    second = put(text="More.\n")

    with pytest.raises(DatabaseError, match="kept as it was published"), transaction.atomic():
        DocumentVersion.objects.filter(pk=second.pk).update(**{column: CHANGES[column]})


def test_version_cannot_be_saved_again():
    version = put()
    version.text = "Other words."

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def test_version_cannot_be_deleted():
    put()

    with pytest.raises(DatabaseError, match="kept as it was published"), transaction.atomic():
        DocumentVersion.objects.all().delete()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_documentversion")
    assert DocumentVersion.objects.count() == 1


def test_version_cannot_be_replaced_by_another_of_its_number():
    put()

    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentVersion.objects.create(
            document=Document.TERMS,
            number=1,
            in_force_from="2026-01-01",
            is_notable=True,
            change="Again.",
            text="Again.",
            html="",
        )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no such words")
def test_sqlite_does_not_replace_one_either():
    version = put()
    columns = (
        "id, document, number, in_force_from, is_notable, change, text, html, keepings,"
        " published_at, library_digest"
    )

    for number in (version.pk, version.pk + 1):
        with (
            pytest.raises(DatabaseError, match="kept"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"INSERT OR REPLACE INTO accounts_documentversion ({columns}) VALUES"
                f" ({number}, 'terms', 1, '2026-01-01', 1, 'x', 'x', 'x', '[]', '2026-01-01', '')"
            )


def test_version_somebody_agreed_to_is_protected_and_consent_goes_with_the_account():
    version = put()
    user = create_user()
    Consent.objects.create(user=user, version=version)

    with pytest.raises(ProtectedError):
        version.delete()
    user.delete()

    assert not Consent.objects.exists()
    assert DocumentVersion.objects.count() == 1
