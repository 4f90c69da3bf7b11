"""Guides at the desk: written, previewed, published, withdrawn, brought back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.desk_views import DeskViews
from articles.admin.filters import ReviewFilter, StateFilter
from articles.admin.forms import GuideForm
from articles.content import Content
from articles.models import Article, Authorship
from articles.publishing import go_live, save_revision

PUBLISH = "articles.publish_article"
CHANGE_ANY = "articles.change_any_article"


@admin.register(Article)
class GuideAdmin(DeskViews, admin.ModelAdmin):
    """The screen on which a guide is written. Saving makes a revision; only publishing shows it."""

    form = GuideForm
    actions = None
    save_on_top = False
    list_display = ("title", "state_badge", "category", "byline", "level", "review", "changed")
    list_filter = (StateFilter, ReviewFilter, "category", "authors", "level", "tags")
    search_fields = ("title", "slug", "standfirst", "search_text")
    search_help_text = "Words of the title, the address, the promise or the public text."
    list_per_page = 50
    readonly_fields = ("checklist",)
    fieldsets = (
        (None, {"fields": ("checklist", "title", "slug", "standfirst", "category", "level")}),
        ("Text", {"fields": ("body", "takeaways_text", "faq_text")}),
        ("Who stands for it", {"fields": ("byline", "reviewer", "reviewed_on", "next_review_on")}),
        ("Where it leads", {"fields": ("tags", "related", "position")}),
        (
            "Cover",
            {
                "classes": ["collapse"],
                "fields": ("cover", "cover_alt", "cover_is_decorative", "cover_caption"),
            },
        ),
        (
            "This revision",
            {"fields": ("note", "is_notable", "publish_at", "based_on", "overwrite")},
        ),
    )

    class Media:
        css = {"all": ["desk/desk.css"]}  # noqa: RUF012
        js = ["desk/guide-form.js"]  # noqa: RUF012

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return (
            super()
            .get_queryset(request)
            .select_related("category", "live_revision")
            .prefetch_related(
                Prefetch("authorships", Authorship.objects.with_contributor().in_order())
            )
            .defer("body_html", "search_text", "live_revision__content")
        )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("category__position", "position", "pk")

    @admin.display(description="state", ordering="published_at")
    def state_badge(self, article: Article) -> SafeString:
        state = article.state
        return format_html('<span class="state state--{}">{}</span>', state.value, state.label)

    @admin.display(description="by")
    def byline(self, article: Article) -> str:
        return ", ".join(article.author_names) or "–"

    @admin.display(description="next review", ordering="next_review_on")
    def review(self, article: Article) -> SafeString | str:
        if article.next_review_on is None:
            return "–"
        if article.review_is_overdue:
            return format_html("<strong>{:%d %b %Y}, overdue</strong>", article.next_review_on)
        return f"{article.next_review_on:%d %b %Y}"

    @admin.display(description="last notable change", ordering="modified_at")
    def changed(self, article: Article) -> str:
        return f"{article.modified_at:%d %b %Y}" if article.modified_at else "–"

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Authors change their own drafts; editors change every guide."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm(CHANGE_ANY):
            return True
        return obj.published_at is None and obj.created_by_id == request.user.pk

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only a draft can be deleted: what was public is withdrawn and keeps its history."""
        if obj is not None and obj.published_at is not None:
            return False
        if obj is not None and not self.has_change_permission(request, obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> dict[str, Any]:
        return {} if obj and obj.published_at else {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Addresses are for good: the slug of a guide that was public is fixed."""
        fixed = ["slug"] if obj is not None and obj.published_at is not None else []
        return [*self.readonly_fields, *fixed]

    # Writing

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form_class = super().get_form(request, obj, change, **kwargs)
        is_publishing = "_publish" in request.POST

        class FormOfThisRequest(form_class):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, is_publishing=is_publishing, **kwargs)

        return FormOfThisRequest

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        months = timezone.localdate() + timezone.timedelta(days=182)
        return {**super().get_changeform_initial_data(request), "next_review_on": months}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if "_publish" in request.POST and not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        context = {"may_publish": request.user.has_perm(PUBLISH), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(
        self, request: HttpRequest, obj: Article, form: GuideForm, change: bool
    ) -> None:
        """Store the form as the next revision, and put it live when asked to.

        The row that readers get is never written from the form: it changes in `publishing` only.
        """
        form.store_cover()
        if change:
            article = Article.objects.get(pk=obj.pk)
            if article.published_at is None:
                article.slug = obj.slug
        else:
            article = Article(
                slug=obj.slug, title=obj.title, category=obj.category, created_by=request.user
            )
        article.position = obj.position
        article.save()
        obj.pk = article.pk
        data = form.cleaned_data
        revision = save_revision(
            article,
            form.content(),
            author=request.user,
            note=data["note"],
            is_notable=data["is_notable"],
            based_on=None if data["overwrite"] else data["based_on"] or 0,
        )
        if form.is_publishing:
            go_live(revision, actor=request.user, at=data["publish_at"])
        elif form.draft_problems:
            count = sum(len(texts) for texts in form.draft_problems.values())
            self.message_user(
                request,
                f"Saved as a draft. {count} to do before it can go live: see the list at the top.",
                messages.WARNING,
            )
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: tags, authors and related guides belong to the revision."""

    def response_post_save_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay_after_publishing(request, obj) or super().response_post_save_change(
            request, obj
        )

    def response_post_save_add(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay_after_publishing(request, obj) or super().response_post_save_add(
            request, obj
        )

    def _stay_after_publishing(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        if "_publish" not in request.POST:
            return None
        words = "is live" if obj.state == Article.State.LIVE else "goes live at its time"
        self.message_user(
            request,
            format_html('“{}” {}: <a href="{}">view on site</a>', obj, words, obj.get_absolute_url()),
            messages.SUCCESS,
        )
        return self.back_to_guide(obj)

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Offer the public page only where there is one."""
        if obj is None or obj.state != Article.State.LIVE:
            return None
        return obj.get_absolute_url()

    @admin.display(description="What is missing")
    def checklist(self, article: Article) -> SafeString:
        """Say what stands between the latest revision and the public."""
        revision = article.revisions.newest_first().first() if article.pk else None
        if revision is None:
            return format_html("<p>{}</p>", "Write a title, choose a category, and save.")
        return self.render_checklist(article, revision, Content.of(revision))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("preview/", view(self.preview_view), name="articles_article_preview"),
            path("claims/", view(self.claims_view), name="articles_article_claims"),
            path(
                "<int:pk>/revisions/", view(self.revisions_view), name="articles_article_revisions"
            ),
            path("<int:pk>/restore/", view(self.restore_view), name="articles_article_restore"),
            path("<int:pk>/withdraw/", view(self.withdraw_view), name="articles_article_withdraw"),
        ]
        return own + super().get_urls()
