"""Terms, privacy, community rules: publishing a version, and agreeing to it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Document, DocumentVersion
from core import retention
from core.markup import render


@transaction.atomic
def publish(
    document: Document,
    *,
    text: str,
    change: str,
    is_notable: bool,
    in_force_from: date | None = None,
    number: int = 0,
    library_digest: str = "",
    first_line: int = 1,
) -> DocumentVersion:
    """Store the next version of a document; return it. It can never be changed or deleted.

    A version of the privacy text takes the table of what is kept with it, as it is now. Without a
    `number` it gets the next. Raises MarkupError with all problems of the text, counted from
    `first_line`, and ValidationError for a value that is refused.
    """
    version = prepare(
        document, text=text, change=change, is_notable=is_notable, first_line=first_line
    )
    version.number = number or version.number
    version.in_force_from = in_force_from or timezone.now().date()
    version.library_digest = library_digest
    version.full_clean()
    version.save()
    return version


def prepare(
    document: Document,
    *,
    text: str,
    change: str = "",
    is_notable: bool = True,
    first_line: int = 1,
) -> DocumentVersion:
    """Return the next version as it would be, unsaved. Raises MarkupError."""
    latest = DocumentVersion.objects.of(document).first()
    number = latest.number + 1 if latest else 1
    return DocumentVersion(
        document=document,
        number=number,
        change=change,
        is_notable=is_notable or latest is None,
        text=text,
        html=render(text, first_line=first_line).html,
        keepings=retention.in_words() if document == Document.PRIVACY else [],
    )
