"""Where people comment: the site's policy, and what a guide has decided for itself."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.models import Article


class Mode(models.TextChoices):
    ALL = "all", "Every comment waits for a moderator"
    FIRST = "first", "First comments of a person wait for a moderator"
    NONE = "none", "Comments appear at once"


class Policy(models.Model):
    """How the site treats comments: one row, changed by moderators, kept with its history."""

    mode = models.CharField(max_length=5, choices=Mode, default=Mode.FIRST)
    approvals_to_post = models.PositiveSmallIntegerField(
        "approved comments before a person's comments appear at once",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    approvals_to_weigh = models.PositiveSmallIntegerField(
        "approved comments before a person's reports carry weight",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    reports_to_hide = models.PositiveSmallIntegerField(
        "weight of reports that hides a comment until a moderator looks",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    hold_from_score = models.DecimalField(
        "spam score from which a comment is held",
        max_digits=3,
        decimal_places=2,
        default="0.90",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="From 0 to 1. The score can hold a comment, never reject it.",
    )
    close_after_days = models.PositiveSmallIntegerField(
        "days after which a thread closes",
        null=True,
        blank=True,
        help_text="Counted from the publication of the guide. Empty: threads stay open.",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "comment policy"
        verbose_name_plural = "comment policy"
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="policy_is_one_row"),
            models.CheckConstraint(
                condition=Q(mode__in=["all", "first", "none"]), name="policy_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(hold_from_score__gte=0) & Q(hold_from_score__lte=1),
                name="policy_score_is_a_probability",
            ),
        )

    def __str__(self) -> str:
        return "Comment policy"

    @classmethod
    def current(cls) -> "Policy":
        """Return the policy; the defaults above where none was stored yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Thread(models.Model):
    """The comments of one guide; stored with the first, or when a switch is set."""

    class Opening(models.TextChoices):
        BY_AGE = "by-age", "As the site: open, and closed after some days if the policy says so"
        OPEN = "open", "Open, whatever its age"
        CLOSED = "closed", "Closed"

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="thread", verbose_name="guide"
    )
    mode = models.CharField(
        max_length=5, choices=Mode, blank=True, help_text="Empty: as the site's policy says."
    )
    opening = models.CharField(max_length=6, choices=Opening, default=Opening.BY_AGE)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField("public comments", default=0, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(mode__in=["", "all", "first", "none"]), name="thread_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(opening__in=["by-age", "open", "closed"]), name="thread_opening_known"
            ),
        )

    def __str__(self) -> str:
        return f"Comments on “{self.article}”"

    @classmethod
    def of(cls, article: Article) -> "Thread":
        """Return the thread of a guide, not stored yet where nobody has commented."""
        found = cls.objects.filter(article=article).first()
        thread = found or cls(article=article)
        thread.article = article
        return thread

    def mode_under(self, policy: Policy) -> Mode:
        """Return the mode that holds here."""
        return Mode(self.mode or policy.mode)

    def closes_at(self, policy: Policy) -> datetime | None:
        """Return the moment from which nobody can comment any more; None where there is none."""
        published = self.article.published_at
        if self.opening != self.Opening.BY_AGE or published is None:
            return None
        days = policy.close_after_days
        return None if days is None else published + timedelta(days=days)

    def is_open(self, policy: Policy, at: datetime | None = None) -> bool:
        """Return whether people may comment at a moment (default: now).

        The caller has made sure that the guide itself is public (`Article.objects.published`).
        """
        if self.opening == self.Opening.CLOSED:
            return False
        closes = self.closes_at(policy)
        return closes is None or (at or timezone.now()) < closes
