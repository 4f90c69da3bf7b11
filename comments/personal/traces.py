"""Which rows are about a person who comments."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.registries.holdings import Person
from comments.models import Appeal, Comment, Commenter, ModerationAct, Notice
from comments.models.comment import CommentQuerySet
from comments.models.decisions import ModerationActQuerySet
from core.client import keyed_hash

LEFT = "Somebody who left"  # the name under what stays


def commenters_of(person: Person) -> QuerySet[Commenter]:
    """Return the person as somebody who comments: by the account, and by each confirmed address."""
    people = Commenter.objects.alias(address=Lower("guest_email"))
    return people.filter(Q(user=person.user) | Q(address__in=person.addresses))


def comments_of(commenters: Collection[int]) -> CommentQuerySet:
    """Return what these people wrote, by thread and in the order in which they wrote it."""
    return Comment.objects.filter(author__in=commenters).order_by("thread_id", "pk")


def acts_about(commenters: Collection[int]) -> ModerationActQuerySet:
    """Return what was decided about these people and what they wrote."""
    about = Q(comment__author__in=commenters) | Q(commenter__in=commenters)
    return ModerationAct.objects.filter(about)


def appeals_of(commenters: Collection[int]) -> QuerySet[Appeal]:
    """Return the appeals that these people made."""
    about = Q(act__comment__author__in=commenters) | Q(act__commenter__in=commenters)
    return Appeal.objects.filter(about).order_by("pk")


def notices_from(addresses: Iterable[str]) -> QuerySet[Notice]:
    """Return the notices that were sent under these addresses."""
    return (
        Notice.objects.alias(address_of_sender=Lower("email"))
        .filter(address_of_sender__in=addresses)
        .order_by("pk")
    )


def names_of(person: Person) -> set[str]:
    """Return the names under which the person's comments are signed."""
    written = Comment.objects.filter(author__in=commenters_of(person).values("pk"))
    return set(written.exclude(name=LEFT).values_list("name", flat=True).distinct())


def keys_of_tries(user: User, addresses: Iterable[str]) -> list[str]:
    """Return the keyed hashes under which limits count what the person tries."""
    return [keyed_hash(f"user {user.pk}", purpose="limit"), *keys_of_confirmations(addresses)]


def keys_of_confirmations(addresses: Iterable[str]) -> list[str]:
    """Return the keyed hashes under which letters to these addresses are counted."""
    return [keyed_hash(address, purpose="confirm") for address in addresses]


def cut_reporter_key() -> str:
    """Return what stands where a report was tied to whoever made it; it links nothing."""
    return f"gone {get_random_string(32)}"
