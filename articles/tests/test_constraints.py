"""What the database refuses, whatever the code does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import Article, Authorship, Contributor, Diagram, Reference, Revision
from articles.models.filing import validate_links
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_diagram,
    create_draft,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("article_public_only_with_revision", {"published_at": NOW, "modified_at": NOW}),
        ("article_withdrawn_only_if_published", {"withdrawn_at": NOW}),
        ("article_level_known", {"level": "wizard"}),
        ("article_cover_described_or_decorative", {"cover": "a.png"}),
        (
            "article_cover_described_or_decorative",
            {"cover": "a.png", "cover_alt": "A.", "cover_is_decorative": True},
        ),
    ],
)
def test_guide_constraints(name: str, changes: dict[str, object]) -> None:
    create_draft()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Article.objects.update(**changes)


def test_guide_is_not_modified_before_it_was_published() -> None:
    create_live_guide()
    name = "article_modified_not_before_published"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Article.objects.update(modified_at=NOW - timedelta(days=9))


@pytest.mark.parametrize(
    "cover",
    [
        {},
        {"cover": "a.png", "cover_alt": "A line."},
        {"cover": "a.png", "cover_is_decorative": True},
    ],
)
def test_described_or_decorative_covers_are_fine(cover: dict[str, object]) -> None:
    create_draft()
    assert Article.objects.update(**cover or {"cover": ""}) == 1


def twice(make: Callable[..., object], **fields: str) -> Callable[[], object]:
    def work() -> None:
        make(**fields)
        make(**fields)

    return work


@pytest.mark.parametrize(
    "work",
    [
        twice(create_category, slug="same"),
        twice(create_category, name="Same"),
        twice(create_tag, slug="same"),
        twice(create_tag, name="Same"),
        twice(create_contributor, slug="same"),
        twice(create_diagram, slug="same"),
        twice(create_draft, slug="same"),
    ],
    ids=["category slug", "category name", "tag slug", "tag name", "person", "diagram", "guide"],
)
def test_what_is_unique(work: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        work()


def test_a_name_stands_once_in_a_byline() -> None:
    authorship = create_draft(authors=[create_contributor()]).authorships.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.create(article=authorship.article, contributor=authorship.contributor)


def test_a_number_names_one_revision_of_a_guide() -> None:
    revision = create_draft().revisions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(article=revision.article, number=revision.number, content={})


def test_a_reference_is_recorded_once() -> None:
    article = create_draft()
    Reference.objects.create(article=article, kind="claim", key="A-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.create(article=article, kind="claim", key="A-1")


def test_contributors_are_people_or_organisations() -> None:
    create_contributor()
    with pytest.raises(IntegrityError, match="contributor_kind_known"), transaction.atomic():
        Contributor.objects.update(kind="robot")


def test_filing_that_guides_use_is_kept() -> None:
    author, reviewer = create_contributor(), create_contributor()
    article = create_live_guide(authors=[author], reviewer=reviewer)
    for thing in (article.category, author, reviewer):
        with pytest.raises(ProtectedError):
            thing.delete()


@pytest.mark.parametrize(
    "links",
    [
        "https://example.org/",
        [{"label": "Site"}],
        [{"label": " ", "url": "https://example.org/"}],
        [{"label": "Site", "url": "javascript:alert(1)"}],
        [{"label": "Site", "url": "//example.org/"}],
        [["Site", "https://example.org/"]],
    ],
)
def test_links_of_people_are_checked(links: object) -> None:
    with pytest.raises(ValidationError):
        validate_links(links)


def test_good_links_pass() -> None:
    validate_links([{"label": "Site", "url": "https://example.org/"}])
    validate_links([])


def test_diagram_with_a_script_is_refused_with_its_line() -> None:
    drawing = Diagram(slug="bad", svg='<svg viewBox="0 0 1 1">\n<script>alert(1)</script></svg>')
    with pytest.raises(ValidationError, match="Line 2"):
        drawing.full_clean()
