"""Versions of terms and rules for tests."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Document, DocumentVersion
from accounts.terms.documents import prepare

WORDS = "## Reading\n\nReading is free.\n\n## Writing\n\nBe kind to each other.\n"


def today():
    return timezone.now().date()


def put(document=Document.TERMS, *, text=WORDS, notable=True, days=0, change="Other words."):
    """Publish the next version of a document; `days` from today it comes, or came, into force."""
    version = prepare(document, text=text, change=change, is_notable=notable)
    version.in_force_from = today() + timedelta(days=days)
    version.save()
    return version


def put_all():
    """Publish a first version of each document, and return them."""
    return [put(document, days=-100) for document in Document]


def all_versions():
    return list(DocumentVersion.objects.order_by("document", "number"))
