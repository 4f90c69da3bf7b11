"""The life of a guide: saved as revisions, put live by one function, withdrawn by one."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.content import Content, as_date
from articles.models import (
    Article,
    Authorship,
    Publication,
    Reference,
    Revision,
    Tag,
)
from articles.readiness import Named, missing, named_in, unknown_names
from articles.rendering import ContentError, RenderedContent, render_content

logger = logging.getLogger(__name__)

MAX_KEY = 500  # of a link that is recorded; the page has it in full


class EditConflictError(Exception):
    """Raised when somebody else saved a revision after the one that was edited."""

    def __init__(self, latest: Revision) -> None:
        super().__init__(f"Revision {latest.number} was saved in the meantime.")
        self.latest = latest


@transaction.atomic
def save_revision(
    article: Article,
    content: Content,
    *,
    author: User | None,
    note: str = "",
    is_notable: bool = True,
    based_on: int | None = None,
) -> Revision:
    """Store content as the next revision of a saved guide and return it. The public page stays.

    `based_on` is the number of the revision that the author began with (0 for none): where a
    later one exists, raises EditConflictError instead of hiding somebody's work. The columns
    that the desk lists follow the latest revision for as long as the guide was never public.
    """
    locked = Article.objects.select_for_update().filter(pk=article.pk)
    published_at = locked.values_list("published_at", flat=True).get()
    number = article.revisions.newest_first().values_list("number", flat=True).first() or 0
    if based_on is not None and number > based_on:
        raise EditConflictError(article.revisions.get(number=number))
    revision = Revision.objects.create(
        article=article,
        number=number + 1,
        content=content.as_json(),
        author=author,
        note=note,
        is_notable=is_notable,
    )
    # The stored row decides: another person may have published since `article` was read.
    if published_at is None:
        _copy_filing(article, content, named_in(content))
        article.save()
    return revision


def go_live(revision: Revision, *, actor: User | None, at: datetime | None = None) -> Publication:
    """Put a revision live: the one way by which words reach the public.

    `at` is the moment of a first publication (default: now; it may lie ahead). Raises
    ContentError, and changes nothing, when something is missing or cannot be rendered.
    """
    return go_live_together([revision], actor=actor, at=at)[0]


@transaction.atomic
def go_live_together(
    revisions: Sequence[Revision],
    *,
    actor: User | None,
    at: datetime | Mapping[int, datetime] | None = None,
) -> list[Publication]:
    """Put several revisions live at once, so that guides may link to one another.

    `at` is one moment for all, or moments by the keys of the revisions. Raises ContentError as
    `go_live` does.
    """
    now = timezone.now()
    wanted = at if isinstance(at, Mapping) else {item.pk: at for item in revisions if at}
    for article in sorted((revision.article for revision in revisions), key=lambda item: item.pk):
        _lock(article)
    before = _public_titles(revision.article for revision in revisions)
    moments, notes = [], []
    for revision in revisions:
        content = Content.of(revision)
        named = named_in(content)
        if lacking := missing(content) or unknown_names(content, named):
            raise ContentError(lacking)
        moment = wanted.get(revision.pk, now)
        notes.append(_notes_since_live(revision))
        moments.append(_make_public(revision, content, named, at=moment, now=now))
    publications = []
    for revision, moment, note in zip(revisions, moments, notes, strict=True):
        _store(revision.article, render_content(Content.of(revision)))
        publications.append(
            Publication.objects.create(
                article=revision.article, revision=revision, at=moment, note=note, actor=actor
            )
        )
    # Pages that link to a guide show its title, or plain words while it was withdrawn.
    after = _public_titles(revision.article for revision in revisions)
    # Those of this call were rendered when all of it was public, so they show it already.
    changed = [slug for slug in after if after[slug] != before.get(slug)]
    render_users_again("guide", changed, but_not=[item.article_id for item in revisions])
    return publications


def _notes_since_live(revision: Revision) -> str:
    """Return what was noted since the revision that readers see, oldest first, one note a line.

    A note left with a draft belongs to the change that it became part of.
    """
    article = revision.article
    live = article.live_revision
    was_public = article.published_at is not None and article.published_at <= timezone.now()
    if live is not None and was_public and live.number >= revision.number:
        return revision.note
    seen = live.number if live is not None and was_public else 0
    since = article.revisions.filter(number__gt=seen, number__lte=revision.number)
    notes = [note for note in since.order_by("number").values_list("note", flat=True) if note]
    return "\n".join(dict.fromkeys(notes))


def _lock(article: Article) -> None:
    """Read the row anew and let nobody else write it before this transaction ends.

    Without it a page that is rendered again could put the text back that somebody just replaced.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())


def _public_titles(articles: Iterable[Article]) -> dict[str, str]:
    pks = [article.pk for article in articles]
    return dict(Article.objects.published().filter(pk__in=pks).values_list("slug", "title"))


def _make_public(
    revision: Revision, content: Content, named: Named, *, at: datetime, now: datetime
) -> datetime:
    """Set dates and filing, and return the moment from which readers see the revision.

    The first publication decides the date that readers see for good.
    """
    article = revision.article
    was_never_public = article.published_at is None or article.published_at > now
    if was_never_public:
        article.published_at = at
        article.modified_at = at
        # What was scheduled until now never takes effect.
        article.publications.filter(at__gt=now).delete()
    elif revision.is_notable:
        article.modified_at = now
    article.withdrawn_at = None
    article.withdrawal_reason = ""
    article.live_revision = revision
    _copy_filing(article, content, named)
    article.save()
    return at if was_never_public else now


@transaction.atomic
def withdraw(
    article: Article, *, reason: str, actor: User | None = None, at: datetime | None = None
) -> None:
    """Take a guide from the public, now or from a moment that has passed. Its revisions stay.

    Raises ValueError without a reason, and for a moment ahead: pages that link here lose the link
    now, when they are rendered again.
    """
    if not reason.strip():
        raise ValueError("Say why the guide is withdrawn.")
    if article.live_revision is None:
        raise ValueError("Only a guide that was published can be withdrawn.")
    now = timezone.now()
    if at is not None and at > now:
        raise ValueError("A guide cannot be withdrawn ahead of time.")
    article.withdrawn_at = at or now
    article.withdrawal_reason = reason.strip()
    article.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    Publication.objects.create(
        article=article,
        revision=article.live_revision,
        kind=Publication.Kind.WITHDRAWN,
        at=article.withdrawn_at,
        note=article.withdrawal_reason,
        actor=actor,
    )
    render_users_again("guide", [article.slug])


def render_users_again(kind: str, keys: Iterable[str], but_not: Collection[int] = ()) -> int:
    """Render the public guides that use one of these things; return how many changed.

    `but_not` are the keys of guides that were rendered just now.
    """
    users = Article.objects.filter(
        references__kind=kind, references__key__in=list(keys), live_revision__isnull=False
    ).exclude(pk__in=but_not)
    return sum(_render_or_keep(article) for article in users.distinct().order_by("pk"))


def _render_or_keep(article: Article) -> bool:
    """Render again; a page that can no longer be rendered stays as readers know it."""
    try:
        return render_again(article)
    except ContentError as error:
        logger.error("“%s” cannot be rendered again and stays as it was: %s", article, error)
        return False


@transaction.atomic
def render_again(article: Article) -> bool:
    """Render the live revision as the ledger stands now; return whether the page changed."""
    _lock(article)
    if article.live_revision is None:
        return False
    before = (article.body_html, article.faq_html, article.source_keys)
    _store(article, render_content(Content.of(article.live_revision), strict=False))
    return before != (article.body_html, article.faq_html, article.source_keys)


def _store(article: Article, rendered: RenderedContent) -> None:
    names = [
        "body_html",
        "outline",
        "takeaways_html",
        "faq_html",
        "source_keys",
        "search_text",
        "word_count",
    ]
    for name in names:
        setattr(article, name, getattr(rendered, name))
    article.save(update_fields=names)
    article.references.all().delete()
    Reference.objects.bulk_create(
        Reference(article=article, kind=kind, key=key)
        for kind, key in sorted({(kind, key[:MAX_KEY]) for kind, key in rendered.references})
    )


def _copy_filing(article: Article, content: Content, named: Named) -> None:
    """Copy from the snapshot what lists and filters ask the database for."""
    article.title = content.title
    article.standfirst = content.standfirst
    article.level = content.level
    # A draft stays on its shelf when an old revision names one that is gone; going live refuses it.
    article.category = named.category or article.category
    article.reviewer = named.people.get(content.reviewer)
    article.reviewed_on = as_date(content.reviewed_on)
    article.next_review_on = as_date(content.next_review_on)
    # Assigning reads width and height from the file; one that is gone must not stop a draft.
    article.cover = content.cover if default_storage.exists(content.cover) else ""
    article.cover_alt = content.cover_alt
    article.cover_is_decorative = content.cover_is_decorative
    article.cover_caption = content.cover_caption
    article.tags.set(Tag.objects.filter(slug__in=content.tags))
    article.related.set(Article.objects.filter(slug__in=content.related).exclude(pk=article.pk))
    authors = [
        (named.people[slug].pk, position)
        for position, slug in enumerate(content.authors)
        if slug in named.people
    ]
    stored = article.authorships.in_order().values_list("contributor_id", "position")
    if list(stored) != authors:
        article.authorships.all().delete()
        Authorship.objects.bulk_create(
            Authorship(article=article, contributor_id=pk, position=position)
            for pk, position in authors
        )
