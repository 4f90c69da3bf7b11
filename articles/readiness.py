"""What stands between the text of a guide and its readers."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from articles.content import Content
from articles.models import Category, Contributor
from articles.rendering import ContentError, RenderedContent, render_content

COVER_UNDESCRIBED = "Describe the cover for people who cannot see it, or tick decorative."


def missing(content: Content) -> dict[str, list[str]]:
    """Return what a guide still lacks before it may go live, by field; empty when nothing."""
    wanted = {
        "title": (content.title.strip(), "Give the guide a title."),
        "standfirst": (content.standfirst.strip(), "Write the promise of the guide in a sentence."),
        "body": (content.body.strip(), "The body is empty."),
        "authors": (content.authors, "Name at least one author: nothing here is anonymous."),
        "takeaways": (content.takeaways, "Write at least one key takeaway."),
        "next_review_on": (content.next_review_on, "Say when the guide is to be looked at again."),
    }
    found = {name: [message] for name, (value, message) in wanted.items() if not value}
    if content.cover and not (content.cover_alt.strip() or content.cover_is_decorative):
        found["cover_alt"] = [COVER_UNDESCRIBED]
    return found


def check_content(content: Content) -> tuple[RenderedContent | None, dict[str, list[str]]]:
    """Return the rendered guide (None where it cannot be) and all that is in its way, by field."""
    problems = missing(content)
    try:
        return render_content(content), problems
    except ContentError as error:
        for name, texts in error.problems.items():
            problems.setdefault(name, []).extend(texts)
    return None, problems


@dataclass(frozen=True)
class Named:
    """The rows that a snapshot names by their slugs, as far as they are there."""

    category: Category | None
    people: dict[str, Contributor]  # authors and reviewer


def named_in(content: Content) -> Named:
    """Return the shelf and the people of a snapshot, in two queries."""
    slugs = {slug for slug in [*content.authors, content.reviewer] if slug}
    return Named(
        category=Category.objects.filter(slug=content.category).first(),
        people={item.slug: item for item in Contributor.objects.filter(slug__in=slugs)},
    )


def unknown_names(content: Content, named: Named) -> dict[str, list[str]]:
    """Return what a snapshot names that is no longer there: it was deleted or has a new address."""
    found = {}
    if named.category is None:
        found["category"] = [f"There is no category “{content.category}” any more."]
    if lost := [slug for slug in content.authors if slug not in named.people]:
        found["authors"] = [f"There is no contributor “{slug}” any more." for slug in lost]
    if content.reviewer and content.reviewer not in named.people:
        found["reviewer"] = [f"There is no contributor “{content.reviewer}” any more."]
    if content.cover and not default_storage.exists(content.cover):
        found["cover"] = ["The file of the cover is gone: upload it again, or clear it."]
    return found
