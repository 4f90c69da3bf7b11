"""A revision is kept as it was written, whoever asks."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.tests.factories import create_user
from articles.models import Article, Revision
from articles.models.history import ImmutableError
from articles.tests.factories import create_draft, create_live_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    return create_live_guide(created_by=create_user()).revisions.get()


def test_saving_again_is_refused(revision: Revision) -> None:
    revision.note = "Another note."
    with pytest.raises(ImmutableError, match="save a new one"):
        revision.save()
    with pytest.raises(ImmutableError):
        revision.save(update_fields=["note"])
    assert Revision.objects.get().note == "First edition."


def test_updating_many_is_refused(revision: Revision) -> None:
    with pytest.raises(ImmutableError):
        Revision.objects.update(note="Another note.")
    revision.note = "Another note."
    with pytest.raises(ImmutableError), transaction.atomic():
        Revision.objects.bulk_update([revision], ["note"])
    with pytest.raises(ImmutableError):
        Revision.objects.update_or_create(pk=revision.pk, defaults={"note": "Another note."})
    assert Revision.objects.get().note == "First edition."


@pytest.mark.parametrize(
    "change",
    [
        "note = 'Another note.'",
        "content = '{}'",
        "number = 7",
        "is_notable = NOT is_notable",
        "created_at = '2020-01-01 00:00:00+00'",
        "article_id = article_id",
    ],
)
def test_the_database_itself_refuses(revision: Revision, change: str) -> None:
    with (
        pytest.raises((IntegrityError, InternalError), match="a revision cannot be changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE articles_revision SET {change}")
    assert Revision.objects.get().content == revision.content


def test_an_erased_account_leaves_the_revision(revision: Revision) -> None:
    assert revision.author is not None
    revision.author.delete()
    assert Revision.objects.get().author is None
    assert Revision.objects.get().content == revision.content


def test_the_live_revision_cannot_be_deleted_alone(revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        revision.delete()
    assert Revision.objects.count() == 1


def test_a_draft_goes_with_its_revisions() -> None:
    create_draft().delete()
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
