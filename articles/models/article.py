"""The live row of a guide: what readers get, rendered once when a revision goes live."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from articles.models import list_facts
from articles.models.authorship import Authorship
from articles.models.filing import LIBRARY_DIGEST_HELP, Category, Contributor, Tag
from articles.models.history import Revision
from articles.models.shelf import RESERVED_SLUGS, Shelf
from core.text import reading_minutes


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Return the guides that the public may see at a moment (default: now).

        The only gate: pages, lists, feeds and twins all ask it, and nothing else compares dates.
        """
        at = at or timezone.now()
        return self.filter(published_at__lte=at).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
        )

    def on_shelf(self, shelf: str) -> "ArticleQuerySet":
        """Return the guides of one shelf: those under /guides/, or those under /salaries/."""
        return self.filter(shelf=shelf)

    def for_list(self) -> "ArticleQuerySet":
        """Load what a line of a list shows, and leave the long texts in the database."""
        return (
            self.select_related("category")
            .with_byline()
            .with_list_facts()
            .defer("body_html", "outline", "takeaways_html", "faq_html", "search_text")
        )

    def with_list_facts(self) -> "ArticleQuerySet":
        """Load what other apps say about each guide of a list, such as `comment_count`."""
        return self.annotate(**list_facts.expressions())

    def with_byline(self) -> "ArticleQuerySet":
        """Load the authors in their order, for `author_names`."""
        return self.prefetch_related(
            Prefetch("authorships", Authorship.objects.with_contributor().in_order())
        )

    def in_library_order(self) -> "ArticleQuerySet":
        """Return guides in the order in which a reader would work through them."""
        return self.order_by("category__position", "category__name", "position", "pk")

    def newest_first(self) -> "ArticleQuerySet":
        """Return guides with the latest publication at the head; one day in library order."""
        return self.order_by("-published_at", "category__position", "position", "pk")

    def after(self, article: "Article") -> "ArticleQuerySet":
        """Return the guides of the shelf behind this one in library order, the nearest first."""
        return (
            self.on_shelf(article.shelf)
            .filter(
                Q(category__position__gt=article.category.position)
                | Q(
                    category__position=article.category.position,
                    category__name__gt=article.category.name,
                )
                | Q(category=article.category_id, position__gt=article.position)
                | Q(category=article.category_id, position=article.position, pk__gt=article.pk)
            )
            .in_library_order()
        )

    def before(self, article: "Article") -> "ArticleQuerySet":
        """Return the guides of the shelf before this one in library order, the nearest first."""
        return (
            self.on_shelf(article.shelf)
            .filter(
                Q(category__position__lt=article.category.position)
                | Q(
                    category__position=article.category.position,
                    category__name__lt=article.category.name,
                )
                | Q(category=article.category_id, position__lt=article.position)
                | Q(category=article.category_id, position=article.position, pk__lt=article.pk)
            )
            .in_library_order()
            .reverse()
        )


class Article(models.Model):
    """A guide. Its text comes from one revision; editors write revisions, never this row."""

    class Level(models.TextChoices):
        NEWCOMER = "newcomer", "Newcomer"
        BEGINNER = "beginner", "Beginner"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "Scheduled"
        LIVE = "live", "Live"
        WITHDRAWN = "withdrawn", "Withdrawn"

    slug = models.SlugField(
        max_length=100,
        unique=True,
        help_text="The address of the guide. It is kept for good once the guide has been public.",
        error_messages={"unique": "Another guide has this address already."},
    )
    shelf = models.CharField(
        max_length=8,
        choices=Shelf,
        default=Shelf.GUIDES,
        help_text="Decides the address: /guides/… or /salaries/…. Kept like the address.",
    )
    title = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=240, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Order inside the category; smaller numbers come first."
    )
    level = models.CharField(max_length=12, choices=Level, default=Level.BEGINNER)
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles")
    authors = models.ManyToManyField(Contributor, through="Authorship", related_name="articles")
    reviewer = models.ForeignKey(
        Contributor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_articles",
    )
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="+")

    cover = models.ImageField(
        upload_to="covers/%Y/",
        blank=True,
        max_length=200,
        width_field="cover_width",
        height_field="cover_height",
    )
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_alt = models.CharField(max_length=250, blank=True)
    cover_is_decorative = models.BooleanField(default=False)
    cover_caption = models.CharField(max_length=250, blank=True)

    body_html = models.TextField(blank=True, editable=False)
    outline = models.JSONField(default=list, editable=False)
    takeaways_html = models.JSONField(default=list, editable=False)
    faq_html = models.JSONField(default=list, editable=False)
    source_keys = models.JSONField(default=list, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)

    published_at = models.DateTimeField("published", null=True, blank=True, db_index=True)
    modified_at = models.DateTimeField("last notable change", null=True, blank=True)
    reviewed_on = models.DateField("reviewed", null=True, blank=True)
    next_review_on = models.DateField("next review", null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=250, blank=True)

    live_revision = models.ForeignKey(
        Revision, on_delete=models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    library_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text=LIBRARY_DIGEST_HELP
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "guide"
        permissions = (
            ("publish_article", "Can publish and withdraw guides"),
            ("change_any_article", "Can change guides of other people"),
        )
        indexes = (models.Index(fields=["category", "position"], name="article_category_position"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(live_revision__isnull=False),
                name="article_public_only_with_revision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(published_at__isnull=False),
                name="article_withdrawn_only_if_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(modified_at__gte=F("published_at")),
                name="article_modified_not_before_published",
            ),
            models.CheckConstraint(
                condition=Q(cover="")
                | (Q(cover_is_decorative=True) & Q(cover_alt=""))
                | (Q(cover_is_decorative=False) & ~Q(cover_alt="")),
                name="article_cover_described_or_decorative",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["newcomer", "beginner", "intermediate", "advanced"]),
                name="article_level_known",
            ),
            models.CheckConstraint(
                condition=Q(shelf__in=["guides", "salaries"]), name="article_shelf_known"
            ),
            models.CheckConstraint(
                condition=~Q(shelf="salaries", slug__in=RESERVED_SLUGS[Shelf.SALARIES]),
                name="article_address_not_taken_by_a_page",
                violation_error_message="This address belongs to a page of the site.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.address_of("detail")

    def address_of(self, form: str, *more: object) -> str:
        """Return the address of a form of the guide: "detail", "markdown", "json", "changes".

        "revision" takes the number of a revision besides.
        """
        return reverse(f"{Shelf(self.shelf).app}:{form}", args=[self.slug, *more])

    @property
    def markdown_url(self) -> str:
        """Return the address of the Markdown form."""
        return self.address_of("markdown")

    @property
    def json_url(self) -> str:
        """Return the address of the JSON form."""
        return self.address_of("json")

    @property
    def changes_url(self) -> str:
        """Return the address of the public history."""
        return self.address_of("changes")

    @property
    def shelf_page(self) -> tuple[str, str]:
        """Return name and address of the page that lists the shelf."""
        return Shelf(self.shelf).page

    @property
    def state(self) -> "Article.State":
        """Return where the guide stands now."""
        now = timezone.now()
        if self.published_at is None:
            return self.State.DRAFT
        if self.withdrawn_at is not None and self.withdrawn_at <= now:
            return self.State.WITHDRAWN
        return self.State.SCHEDULED if self.published_at > now else self.State.LIVE

    @property
    def author_names(self) -> list[str]:
        """Return the names of the authors in their order. Costs a query unless prefetched."""
        return [authorship.contributor.name for authorship in self.authorships.all()]

    @property
    def reading_minutes(self) -> int:
        """Return the minutes that reading takes, rounded up."""
        return reading_minutes(self.word_count)

    @property
    def review_is_overdue(self) -> bool:
        """Return whether the day of the next review has come."""
        return self.next_review_on is not None and self.next_review_on <= timezone.localdate()

    @property
    def is_modified(self) -> bool:
        """Return whether a notable change followed on a later day than the publication."""
        if self.published_at is None or self.modified_at is None:
            return False
        return self.modified_at.date() > self.published_at.date()
