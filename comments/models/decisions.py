"""The log of every decision, and appeals against them.

Rows of the log are only ever added (migration 0002 makes the database refuse the rest); a comment
changes its state only together with a row that says from what, to what, by whom and why.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from articles.models.history import ImmutableError
from comments.models.comment import Comment
from comments.models.people import Commenter
from comments.models.threads import Thread
from comments.states import (
    ON_COMMENT,
    ON_COMMENTER,
    ON_THREAD,
    Action,
    ActorKind,
    Reason,
    State,
)


class ModerationActQuerySet(models.QuerySet["ModerationAct"]):
    def newest_first(self) -> "ModerationActQuerySet":
        """Return acts with the latest at the head."""
        return self.order_by("-pk")

    def decisions(self) -> "ModerationActQuerySet":
        """Return the acts that changed the state of a comment."""
        return self.filter(action=Action.STATE)


class ModerationAct(models.Model):
    """Something that was decided: about a comment, a person, or a thread. Never changed."""

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    commenter = models.ForeignKey(
        Commenter, on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    thread = models.ForeignKey(
        Thread, on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    action = models.CharField(max_length=12, choices=Action, default=Action.STATE)
    from_state = models.CharField(max_length=11, choices=State, blank=True)
    to_state = models.CharField(max_length=11, choices=State, blank=True)
    actor_kind = models.CharField(max_length=9, choices=ActorKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The moderator; empty for acts of others, and once the account is gone.",
    )
    reason = models.CharField(max_length=15, choices=Reason)
    statement = models.TextField(
        blank=True, max_length=2_000, help_text="Told to the writer, in the moderator's words."
    )
    detail = models.CharField(
        max_length=300, blank=True, help_text="For moderators: the rule, the words, the reports."
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ModerationActQuerySet.as_manager()

    class Meta:
        verbose_name = "moderation act"
        indexes = (
            models.Index(fields=["comment", "-id"], name="act_comment_latest"),
            models.Index(fields=["actor", "-id"], name="act_actor_latest"),
            models.Index(fields=["to_state", "at"], name="act_state_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    action__in=ON_COMMENT,
                    comment__isnull=False,
                    commenter__isnull=True,
                    thread__isnull=True,
                )
                | Q(
                    action__in=ON_COMMENTER,
                    comment__isnull=True,
                    commenter__isnull=False,
                    thread__isnull=True,
                )
                | Q(
                    action__in=ON_THREAD,
                    comment__isnull=True,
                    commenter__isnull=True,
                    thread__isnull=False,
                ),
                name="act_has_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(action=Action.STATE, from_state__in=State.values)
                & Q(to_state__in=State.values)
                & ~Q(from_state=F("to_state"))
                | ~Q(action=Action.STATE) & Q(from_state="", to_state=""),
                name="act_names_its_states",
            ),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="act_has_a_reason"),
            models.CheckConstraint(
                condition=Q(actor_kind__in=ActorKind.values), name="act_has_an_actor"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind=ActorKind.MODERATOR) | Q(actor__isnull=True),
                name="act_names_moderators_alone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_reason_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new act. Raises ImmutableError for one that is stored already."""
        if not self._state.adding:
            raise ImmutableError("The log of moderation cannot be changed; add to it.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the statement of reasons; only the writer may open it."""
        return reverse("comments:decision", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the log is kept."""
        raise ImmutableError("The log of moderation cannot be changed; add to it.")

    @property
    def person(self) -> Commenter | None:
        """Return whom the act concerns; nobody where it is about a thread."""
        return self.comment.author if self.comment else self.commenter

    @property
    def is_appealable(self) -> bool:
        """Return whether the person may ask another moderator to look again, in principle."""
        if self.actor_kind != ActorKind.MODERATOR:
            return False
        is_adverse = self.action in {Action.HOLD_ALWAYS, Action.SUSPEND, Action.BAN}
        return is_adverse or self.to_state == State.REJECTED or self.takes_down

    @property
    def takes_down(self) -> bool:
        """Return whether a public comment waits again, however long that lasts."""
        waits = self.to_state in {State.PENDING, State.HIDDEN}
        return waits and self.from_state == State.APPROVED


class Appeal(models.Model):
    """The writer's one answer to a decision, decided by a moderator who did not take it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The decision stands"
        REVERSED = "reversed", "The decision was reversed"

    act = models.OneToOneField(ModerationAct, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(max_length=2_000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    statement = models.TextField(
        blank=True, max_length=2_000, help_text="Why, in words for the writer."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, statement="")
                | Q(outcome__in=["upheld", "reversed"], decided_at__isnull=False)
                & ~Q(statement=""),
                name="appeal_decided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Appeal against {self.act}"

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided yet."""
        return not self.outcome
