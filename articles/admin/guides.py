"""Guides at the desk: written, previewed, published, withdrawn, brought back."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.columns import GuideColumns
from articles.admin.desk_views import DeskViews, render_checklist
from articles.admin.filters import ReviewFilter, StateFilter
from articles.admin.forms import GuideForm
from articles.admin.preview import PreviewViews
from articles.admin.revisions import RevisionViews
from articles.admin.rights import PUBLISH, GuideRights
from articles.models import Article, Category
from articles.publishing import EditConflictError, go_live, save_revision
from articles.rendering import ContentError
from core import moments

REVIEW_AFTER = timedelta(days=182)

# In the order of work.
WRITING = (
    (
        None,
        {
            "fields": (
                "checklist",
                "overwrite",
                "title",
                ("slug", "shelf"),
                "standfirst",
                ("category", "level"),
            )
        },
    ),
    ("Text", {"fields": ("body", "takeaways_text", "faq_text")}),
    (
        "Who stands for it",
        {"fields": ("byline", "reviewer", ("reviewed_on", "next_review_on"))},
    ),
    (
        "Beside other guides",
        {"fields": ("tags", "related", "position")},
    ),
    (
        "Cover",
        {
            "classes": ["collapse"],
            "fields": ("cover", "cover_alt", "cover_is_decorative", "cover_caption"),
        },
    ),
    ("This revision", {"fields": ("note", "is_notable", "publish_at", "based_on")}),
)
READING = (
    (None, {"fields": ("checklist", "title", "slug", "shelf", "standfirst", "category", "level")}),
    ("Text", {"fields": ("source_text",)}),
)


@admin.register(Article)
class GuideAdmin(
    GuideColumns, DeskViews, PreviewViews, RevisionViews, GuideRights, admin.ModelAdmin
):
    """The screen on which a guide is written. Saving makes a revision; only publishing shows it."""

    form = GuideForm
    actions = None
    list_display = (
        "title",
        "state_badge",
        "shelf",
        "category",
        "byline",
        "level",
        "review",
        "changed",
    )
    list_filter = (StateFilter, ReviewFilter, "shelf", "category", "authors", "level", "tags")
    search_fields = ("title", "slug", "standfirst", "search_text")
    search_help_text = "Words of the title, the address, the promise or the public text."
    list_per_page = 50
    readonly_fields = ("checklist",)

    class Media:
        css = {"all": ["desk/desk.css"]}
        js = [Script(f"desk/{name}.js", type="module") for name in ("writing", "preview", "claims")]

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Offer reading only, or writing; a time to go live before the first publication."""
        if obj is not None and not self.has_change_permission(request, obj):
            return READING
        was_public = obj is not None and obj.state in {Article.State.LIVE, Article.State.WITHDRAWN}
        if not was_public and request.user.has_perm(PUBLISH):
            return WRITING
        *others, (name, options) = WRITING
        fields = tuple(field for field in options["fields"] if field != "publish_at")
        return (*others, (name, {**options, "fields": fields}))

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> dict[str, Any]:
        return {} if obj and obj.published_at else {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Addresses are for good: slug and shelf of a guide that was public are fixed."""
        fixed = ["slug", "shelf"] if obj is not None and obj.published_at is not None else []
        return [*self.readonly_fields, *fixed]

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form_class = super().get_form(request, obj, change, **kwargs)
        is_publishing = "_publish" in request.POST

        class FormOfThisRequest(form_class):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, is_publishing=is_publishing, **kwargs)

        return FormOfThisRequest

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category" and field is not None:
            field.queryset = Category.objects.in_order()
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave out the buttons that change what a guide only points to."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        buttons = ["can_change_related", "can_delete_related", "can_view_related"]
        if db_field.name == "related":
            buttons.append("can_add_related")
        for name in buttons:
            if field is not None and hasattr(field.widget, name):
                setattr(field.widget, name, False)
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        next_review_on = timezone.localdate() + REVIEW_AFTER
        return {**super().get_changeform_initial_data(request), "next_review_on": next_review_on}

    @admin.display(description="Where it stands")
    def checklist(self, article: Article) -> SafeString:
        """Say what stands between the latest revision and the public."""
        revision = article.revisions.newest_first().first() if article.pk else None
        if revision is None:
            words = "A title and a category are enough to save a draft. Nobody else reads it yet."
            return format_html('<p class="desk-checklist">{}</p>', words)
        return render_checklist(article, revision)

    @admin.display(description="Markdown")
    def source_text(self, article: Article) -> SafeString:
        """Show the text as it is written, to those who may only read."""
        revision = article.revisions.newest_first().first()
        text = revision.content["body"] if revision else ""
        return format_html('<pre class="desk-source" tabindex="0">{}</pre>', text)

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or take the form. What two people do at the same moment ends as a message."""
        if "_publish" in request.POST and not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        context = {"may_publish": request.user.has_perm(PUBLISH), **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except (EditConflictError, ContentError, IntegrityError):
            # Somebody was quicker between the check and the writing, and nothing is stored. The
            # second check sees what they did and gives the person the text back.
            return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Article, form: GuideForm, change: bool) -> None:
        """Store the form as the next revision, and put it live when asked to.

        The row that readers get is never written from the form: it changes in `publishing` only.
        """
        form.store_cover()
        article = self._store_filing(request, obj, change)
        data = form.cleaned_data
        revision = save_revision(
            article,
            form.content(),
            author=request.user,  # type: ignore[arg-type]
            note=data["note"],
            is_notable=data["is_notable"],
            based_on=form.builds_on,
        )
        if form.is_publishing:
            go_live(revision, actor=request.user, at=data["publish_at"])  # type: ignore[arg-type]
        else:
            self._say_what_is_left(request, article, form)
        obj.refresh_from_db()

    def _store_filing(self, request: HttpRequest, obj: Article, change: bool) -> Article:
        """Store what belongs to the guide and not to a revision: address, place, who began it."""
        if not change:
            article = Article.objects.create(
                slug=obj.slug,
                shelf=obj.shelf,
                title=obj.title,
                category=obj.category,
                position=obj.position,
                created_by=request.user,  # type: ignore[misc]
            )
            obj.pk = article.pk
            return article
        # Locked, so that nobody publishes between the question and the new address.
        article = Article.objects.select_for_update().get(pk=obj.pk)
        article.position = obj.position
        if article.published_at is None:
            article.slug, article.shelf = obj.slug, obj.shelf
        article.save(update_fields=["position", "slug", "shelf"])
        return article

    def _say_what_is_left(self, request: HttpRequest, article: Article, form: GuideForm) -> None:
        wanted = form.cleaned_data["publish_at"]
        if wanted and wanted != article.published_at:
            text = "Saved as a draft: the time counts once you press the button that publishes."
            self.message_user(request, text, messages.WARNING)
        if count := sum(len(texts) for texts in form.draft_problems.values()):
            things = "thing is" if count == 1 else "things are"
            text = f"Saved as a draft. {count} {things} missing before it can go live: see the top."
            self.message_user(request, text, messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: tags, authors and related guides belong to the revision."""

    # After saving

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_publishing(request, obj) or super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        published = self._after_publishing(request, obj)
        return published or super().response_add(request, obj, post_url_continue)

    def _after_publishing(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        if "_publish" not in request.POST or obj.published_at is None:
            return None
        if obj.state == Article.State.LIVE:
            text = format_html(
                '“{}” is live: <a href="{}">view on site</a>', obj, obj.get_absolute_url()
            )
        else:
            moment = moments.in_words(obj.published_at, moments.LONG)
            text = format_html("“{}” goes live on {}.", obj, moment)
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:articles_article_change", obj.pk)

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Offer the public page only where there is one."""
        if obj is None or obj.state != Article.State.LIVE:
            return None
        return obj.get_absolute_url()

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
