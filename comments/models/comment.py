"""A comment: what somebody wrote under a guide, where it stands in the thread, and its state."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Revision
from comments.models.people import Commenter
from comments.models.threads import Thread
from comments.states import State

MAX_LENGTH = 5_000  # characters of a comment; the renderer is quick up to here, whatever it says
EDIT_WINDOW = timedelta(minutes=15)
DEEPEST = 3  # an answer to a comment of this depth stands beside it, and says whom it answers
SEGMENT = 6  # digits of one number in a path
AFTER_DIGITS = "z"  # sorts behind every digit in every collation


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> "CommentQuerySet":
        """Return what anybody may read. Feeds, counts, JSON-LD and exports ask nothing else."""
        return self.filter(state=State.APPROVED, thread__article__in=_public_guides())

    def in_thread(self, thread: Thread) -> "CommentQuerySet":
        """Return what the page of a thread shows, in reading order.

        That is what was approved, and a tombstone for what is gone but was answered, so that the
        answers keep their place.
        """
        answers = Comment.objects.filter(thread=OuterRef("thread"), state=State.APPROVED).filter(
            Q(parent=OuterRef("pk"))
            | Q(
                path__gt=OuterRef("path"),
                path__lt=Concat(OuterRef("path"), Value(AFTER_DIGITS)),
            )
        )
        return (
            self.filter(thread=thread)
            .filter(Q(state=State.APPROVED) | Q(Q(published_at__isnull=False), Exists(answers)))
            .in_reading_order()
        )

    def in_reading_order(self) -> "CommentQuerySet":
        """Return comments as they stand on the page: an answer below what it answers."""
        return self.order_by("path")

    def newest_first(self) -> "CommentQuerySet":
        """Return comments with the latest at the head."""
        return self.order_by("-created_at", "-pk")

    def by(self, commenter: Commenter) -> "CommentQuerySet":
        """Return what one person wrote."""
        return self.filter(author=commenter)


def _public_guides() -> models.QuerySet:
    return Article.objects.published().values("pk")


class Comment(models.Model):
    """What somebody wrote. Its state changes only through `comments.moderation`."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(help_text="Counts the comments of the thread.")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    path = models.CharField(max_length=SEGMENT * (DEEPEST + 1))
    depth = models.PositiveSmallIntegerField(default=0)

    author = models.ForeignKey(Commenter, on_delete=models.PROTECT, related_name="comments")
    name = models.CharField(max_length=80, help_text="As the writer signed it.")
    is_by_editors = models.BooleanField(default=False)
    text = models.TextField(max_length=MAX_LENGTH, blank=True)
    html = models.TextField(blank=True, editable=False)

    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        help_text="The version of the guide that the writer saw.",
    )
    section = models.CharField(max_length=200, blank=True, help_text="Id of the heading.")
    section_title = models.CharField(max_length=200, blank=True)
    section_digest = models.CharField(max_length=64, blank=True)

    state = models.CharField(max_length=11, choices=State, default=State.RECEIVED)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField("first public", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    is_pinned = models.BooleanField(default=False)
    is_locked = models.BooleanField("locked against replies", default=False)
    wants_replies = models.BooleanField("mail me replies", default=False)

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    browser = models.CharField(max_length=32, blank=True, editable=False)
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    address_until = models.DateTimeField(null=True, blank=True, editable=False)
    signals = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="What spoke for a hold when it came: [reason, detail] pairs.",
    )
    score = models.FloatField("spam score", null=True, blank=True, editable=False)
    score_words = models.JSONField(default=list, blank=True, editable=False)
    words_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Finds the same words sent again."
    )
    imported_from = models.CharField(max_length=200, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        permissions = (
            ("moderate_comment", "Can decide about comments"),
            ("decide_appeal", "Can decide appeals and notices"),
        )
        indexes = (
            models.Index(fields=["thread", "path"], name="comment_thread_path"),
            models.Index(fields=["state", "created_at"], name="comment_state_created"),
            models.Index(fields=["author", "-created_at"], name="comment_author_created"),
            models.Index(
                fields=["address_hash", "-created_at"],
                condition=~Q(address_hash=""),
                name="comment_address_created",
            ),
            models.Index(fields=["browser"], condition=~Q(browser=""), name="comment_browser"),
            models.Index(
                fields=["words_digest", "created_at"],
                condition=~Q(words_digest=""),
                name="comment_same_words",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["thread", "number"], name="comment_number_unique_in_thread"
            ),
            models.UniqueConstraint(
                fields=["imported_from"],
                condition=~Q(imported_from=""),
                name="comment_imported_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(published_at__isnull=False),
                name="comment_public_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DELETED) | ~Q(text=""), name="comment_says_something"
            ),
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="comment_depth_capped"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=0) | Q(parent__isnull=False, depth__gt=0),
                name="comment_depth_fits_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="comment_answers_another",
            ),
            models.CheckConstraint(
                condition=Q(address_hash="", address_until__isnull=True)
                | ~Q(address_hash="") & Q(address_until__isnull=False),
                name="comment_address_expires",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, comment {self.number}"

    def get_absolute_url(self) -> str:
        """Return the permanent address: it leads to the comment wherever the guide has moved."""
        return reverse("comments:permalink", args=[self.pk])

    @property
    def anchor(self) -> str:
        """Return the id of the comment on its page."""
        return f"comment-{self.pk}"

    @property
    def is_public(self) -> bool:
        """Return whether readers see the words."""
        return self.state == State.APPROVED

    @property
    def is_waiting(self) -> bool:
        """Return whether a moderator has yet to decide."""
        return self.state in {State.PENDING, State.HIDDEN}

    def edit_until(self) -> datetime:
        """Return the moment up to which the writer may change or delete it by hand."""
        return self.created_at + EDIT_WINDOW

    def is_answered(self) -> bool:
        """Return whether somebody's public comment answers this one."""
        return self.replies.filter(state=State.APPROVED).exists()

    def is_editable(self, at: datetime | None = None) -> bool:
        """Return whether the writer may still change it: for 15 minutes and until answered."""
        return self.is_fresh(at) and not self.is_answered()

    def is_fresh(self, at: datetime | None = None) -> bool:
        """Return whether the writer may change it as long as nobody has answered."""
        if self.state in {State.REJECTED, State.DELETED, State.HIDDEN}:
            return False
        return (at or timezone.now()) < self.edit_until()
