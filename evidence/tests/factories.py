"""Sources and claims for tests."""

from datetime import date
from itertools import count

from evidence.models import Claim, Source

_numbers = count(1)


def create_source(
    *,
    slug: str = "",
    title: str = "Developer Survey 2025",
    publisher: str = "Stack Overflow",
    url: str = "",
    published: str = "2025-07-29",
) -> Source:
    """Return a saved source; slug and address are made up where none are given."""
    number = next(_numbers)
    return Source.objects.create(
        slug=slug or f"source-{number}",
        title=title,
        publisher=publisher,
        url=url or f"https://survey.example.org/{number}/",
        published=published,
    )


def create_claim(
    *,
    key: str = "",
    area: str = "developer survey",
    statement: str = "14.2% of professional developers work on back ends.",
    figure: str = "14.2%",
    values: dict[str, str] | None = None,
    sample_size: str = "",
    as_of: str = "2025-07",
    source: Source | None = None,
    confidence: str = Claim.Confidence.PRIMARY,
    caveat: str = "",
    checked_on: date = date(2026, 11, 20),
    expires_on: date | None = None,
) -> Claim:
    """Return a saved claim, with a source of its own unless one is given."""
    return Claim.objects.create(
        key=key or f"TST-{next(_numbers):02}",
        area=area,
        statement=statement,
        figure=figure,
        values=values or {},
        sample_size=sample_size,
        as_of=as_of,
        source=source or create_source(),
        confidence=confidence,
        caveat=caveat,
        checked_on=checked_on,
        expires_on=expires_on,
    )
