"""One letter to everybody with an account when terms, privacy or rules are about to change.

A notable version that comes into force later is announced as it is published: a task in the same
transaction goes through the people, a batch at a time. A letter has a key for version and person,
which stays in the outbox after the words were emptied; so a batch that is done again, because a
worker died, tells nobody twice.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.tasks import task
from django.utils import timezone

from accounts.models import DocumentVersion, User
from accounts.registries import notices
from accounts.signing_in import letters
from mailing import outbox

BATCH = 200  # numbers of accounts that a task looks at
KIND = notices.NoticeKind(
    "terms",
    "Changes of our terms",
    "One letter when the terms, the privacy text or the community rules change notably, before "
    "they do. You need it to be able to leave in time if you disagree.",
    is_required=True,
)


@receiver(post_save, sender=DocumentVersion, dispatch_uid="accounts-announce-terms")
def announce(instance: DocumentVersion, created: bool, **kwargs: Any) -> None:
    """Have people told of a version that is coming."""
    if created and is_announced(instance):
        tell.enqueue(instance.pk, 0)


@task
def tell(version_pk: int, start: int) -> int:
    """Queue the letters of a batch, and the task for the next one; return how many letters.

    The numbers say where a batch begins, and so nothing of anybody.
    """
    version = DocumentVersion.objects.filter(pk=version_pk).first()
    if version is None or not is_announced(version):
        return 0
    people = _people(version)
    batch = list(people.filter(pk__gte=start, pk__lt=start + BATCH))
    for user in batch:
        _queue(user, version)
    later = people.filter(pk__gte=start + BATCH).values_list("pk", flat=True).first()
    if later is not None:
        tell.enqueue(version_pk, later - later % BATCH)
    return len(batch)


def is_announced(version: DocumentVersion) -> bool:
    """Return whether people are told of a version by letter: it is notable, new and yet to come."""
    is_change = version.is_notable and version.number > 1
    return is_change and version.in_force_from > timezone.now().date()


def _people(version: DocumentVersion) -> QuerySet[User]:
    """Return whom to tell: who had an account before, can be reached, and is not about to leave."""
    own = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    confirmed = own.alias(address=Lower("email")).filter(address=Lower(OuterRef("email")))
    return User.objects.filter(
        Exists(confirmed),
        is_active=True,
        deletion_request=None,
        date_joined__lte=version.published_at,
    ).order_by(F("pk"))


def _queue(user: User, version: DocumentVersion) -> None:
    outbox.queue(
        to=user.email,
        template="accounts/mail/coming_terms.txt",
        context={
            "title": version.get_document_display().lower(),
            "day": version.in_force_from,
            "change": version.change,
            "url": settings.SITE_URL + version.get_absolute_url(),
        },
        key=f"{letters.keys_of(user)}coming:{version.document}:{version.number}",
    )
