"""What a person does with a guide: save it, mark it as read, take it off a list, put it back."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Publication, Revision
from learning.models import KeptQuerySet, ReadGuide, SavedGuide


class AccountGoneError(Exception):
    """The account was deleted while one of its pages was still open."""


def _hold(user: User) -> None:
    """Hold an account until the transaction ends. Raises AccountGoneError where there is none.

    Its erasure waits for that, and takes what was kept along; or it was quicker.
    """
    account = User.objects.select_for_update(no_key=True).filter(pk=user.pk)
    if account.values_list("pk", flat=True).first() is None:
        raise AccountGoneError


@transaction.atomic
def save(user: User, article: Article) -> None:
    """Put a public guide on the list of a person; one that stands there keeps its date.

    Raises AccountGoneError.
    """
    _hold(user)
    row, is_new = SavedGuide.objects.get_or_create(
        user=user, article=article, defaults={"revision": article.live_revision}
    )
    if not is_new and row.removed_at is not None:
        row.revision = article.live_revision
        row.saved_at, row.removed_at = timezone.now(), None
        row.save()


@transaction.atomic
def mark_read(user: User, article: Article, revision: Revision) -> None:
    """Note that a person has read a revision of a guide, today. Raises AccountGoneError."""
    _hold(user)
    ReadGuide.objects.update_or_create(
        user=user,
        article=article,
        defaults={"revision": revision, "read_at": timezone.now(), "removed_at": None},
    )


def take_off(rows: KeptQuerySet) -> int:
    """Take rows off their list; they can be put back for a day. Return how many."""
    return rows.filter(removed_at=None).update(removed_at=timezone.now())


def put_back(rows: KeptQuerySet) -> int:
    """Put rows back as they were, and return how many."""
    return rows.filter(removed_at__isnull=False).update(removed_at=None)


def revision_shown(article: Article, number: str) -> Revision | None:
    """Return the revision of a guide with this number, if readers ever saw it; else None."""
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        return None
    shown = Publication.objects.filter(
        article=article, kind=Publication.Kind.LIVE, revision__number=int(number)
    )
    found = shown.up_to().select_related("revision").defer("revision__content").first()
    return found.revision if found else None
