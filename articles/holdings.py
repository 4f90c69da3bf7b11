"""What the library holds about a person who works on it: who saved, published and filed what.

No words go when somebody leaves: a guide and its revisions are the site's, and readers rely on
them. Only the tie to the account is cut. A byline is no tie to an account: an editor wrote it as
part of the guide, and it stays; a link in it that leads to the person's mailbox goes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.data import history_ties
from accounts.models import User
from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section
from articles.models import Article, Category, Contributor, Diagram, Publication, Revision, Tag

HISTORIES = tuple(model.history.model for model in (Category, Tag, Contributor, Diagram))
MODELS = (
    "articles.Article",
    "articles.Revision",
    "articles.Publication",
    "articles.Contributor",
    *(model._meta.label for model in HISTORIES),
)


def register() -> None:
    """Register what this app holds."""
    holdings.register(Holding("articles", MODELS, export, erase, order=60))


def export(person: Person) -> Iterable[Section]:
    """Return what the person wrote and published, and the bylines that carry their name."""
    user = person.user
    yield Section(
        "guides-begun",
        "Guides you began",
        "Guides that you created at the desk.",
        [
            {"guide": guide.title, "address": guide.slug}
            for guide in Article.objects.filter(created_by=user).order_by("pk")
        ],
    )
    yield _revisions(user)
    yield _publications(user)
    yield Section(
        "library-changes",
        "What else you changed in the library",
        "Categories, tags, bylines and diagrams that you added or changed at the desk.",
        history_ties.rows(user, HISTORIES),
    )
    yield Section(
        "bylines",
        "Bylines with your name",
        "Pages of people who write guides, where the name is the same as yours. We do not know "
        "whether that is you: a byline is not tied to an account.",
        [_byline(contributor) for contributor in _bylines(person)],
    )


def _revisions(user: User) -> Section:
    revisions = Revision.objects.filter(author=user).select_related("article")
    return Section(
        "revisions",
        "Revisions you saved",
        "Each time you saved a guide, with its words as you left them.",
        [
            {
                "guide": revision.article.title,
                "number": revision.number,
                "saved_at": revision.created_at,
                "what_changed": revision.note,
                "words": revision.content,
            }
            for revision in revisions.order_by("pk")
        ],
    )


def _publications(user: User) -> Section:
    publications = Publication.objects.filter(actor=user).select_related("article", "revision")
    return Section(
        "publications",
        "What you published and withdrew",
        "Each time you put a guide live, or took it away.",
        [
            {
                "guide": act.article.title,
                "revision": act.revision.number,
                "act": act.get_kind_display(),
                "at": act.at,
                "note": act.note,
            }
            for act in publications.order_by("pk")
        ],
    )


def _bylines(person: Person) -> list[Contributor]:
    found = Contributor.objects.order_by("pk")
    return [row for row in found if row.name in person.names or _mailboxes(row.links, person)]


def _byline(contributor: Contributor) -> dict[str, Any]:
    return {
        "name": contributor.name,
        "role": contributor.role,
        "about": contributor.bio,
        "links": contributor.links,
    }


def _mailboxes(links: list[dict[str, str]], person: Person) -> list[dict[str, str]]:
    """Return the links that lead to a mailbox of the person."""
    boxes = {f"mailto:{address}" for address in person.addresses}
    return [link for link in links if link["url"].split("?")[0].lower() in boxes]


def erase(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Cut the ties between the person and the library; return how many."""
    user = person.user
    return {
        "articles.Article": history_ties.cut_tie(Article, "created_by", user),
        "articles.Revision": history_ties.cut_tie(Revision, "author", user),
        "articles.Publication": history_ties.cut_tie(Publication, "actor", user),
        "articles.history": history_ties.cut(user, HISTORIES),
        "articles.mailboxes": _forget_mailboxes(person),
    }


def _forget_mailboxes(person: Person) -> int:
    """Take links to the person's mailbox out of bylines, and out of what they were before."""
    count = 0
    for model in (Contributor, Contributor.history.model):
        for row in model._default_manager.exclude(links=[]):
            if theirs := _mailboxes(row.links, person):
                rest = [link for link in row.links if link not in theirs]
                count += model._default_manager.filter(pk=row.pk).update(links=rest)
    return count
