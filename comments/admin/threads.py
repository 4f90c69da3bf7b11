"""Threads at the desk: which mode holds under a guide, and whether people may comment there."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article
from comments.acts import STATEMENT_LENGTH, DecisionError
from comments.admin.door import KeepsTyped
from comments.admin.forms import ORDER_REASONS, WordsField, labels
from comments.admin.rights import THREADS, user_of
from comments.models import Thread
from comments.moderation import set_opening
from comments.states import Reason

FIELDS = ("article", "mode", "opening", "reason", "statement", "comment_count", "to_desk")


class ThreadForm(forms.ModelForm):
    """Mode and switch. Setting the switch asks for a reason, because it goes into the log."""

    reason = forms.ChoiceField(
        label="Why it is opened or closed",
        required=False,
        choices=labels(*ORDER_REASONS, empty="Not changed"),
        help_text="Needed where the switch is set; that of a closed thread stands on the guide.",
    )
    statement = WordsField(label="In your words", required=False, max_length=STATEMENT_LENGTH)

    class Meta:
        model = Thread
        fields = ("article", "mode", "opening")

    def clean(self) -> dict[str, Any]:
        """Ask why, where the switch changes."""
        data = super().clean() or {}
        if self.sets_switch:
            if not data.get("reason"):
                self.add_error("reason", "Choose why the thread is opened or closed.")
            elif data["reason"] == Reason.OTHER and not data.get("statement", "").strip():
                self.add_error("statement", "Say the reason in your own words.")
        return data

    @property
    def sets_switch(self) -> bool:
        """Return whether the switch differs from what holds."""
        return "opening" in self.changed_data


@admin.register(Thread)
class ThreadAdmin(KeepsTyped, admin.ModelAdmin):
    """One row for each guide that was commented on, or whose switch was set."""

    form = ThreadForm
    actions = None
    list_display = ("article", "mode_in_words", "opening", "comment_count", "to_desk")
    list_filter = ("opening", "mode")
    list_select_related = ("article",)
    search_fields = ("article__title", "article__slug")
    ordering = ("article__title",)
    fields = FIELDS

    class Media:
        css = {"all": ["desk/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        """Return threads without the long texts of their guides."""
        threads = super().get_queryset(request)
        return threads.defer("article__body_html", "article__search_text")

    def get_readonly_fields(self, request: HttpRequest, obj: Thread | None = None) -> list[str]:
        """A thread stays with its guide."""
        return [*([] if obj is None else ["article"]), "comment_count", "to_desk"]

    def get_fields(self, request: HttpRequest, obj: Thread | None = None) -> Any:
        """Ask for reasons only who may change something."""
        fields = FIELDS
        may = (
            self.has_add_permission(request)
            if obj is None
            else self.has_change_permission(request, obj)
        )
        return fields if may else [name for name in fields if name not in {"reason", "statement"}]

    def has_delete_permission(self, request: HttpRequest, obj: Thread | None = None) -> bool:
        """Return False: comments hang on it."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.filter(thread__isnull=True).order_by("title")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Thread, form: ThreadForm, change: bool) -> None:
        """Store the mode, and the switch with its row of the log; no other column is written."""
        wanted = obj.opening
        stored, _ = Thread.objects.get_or_create(article=obj.article)
        Thread.objects.filter(pk=stored.pk).update(mode=obj.mode)
        obj.pk = stored.pk
        if form.sets_switch:
            try:
                set_opening(
                    stored,
                    wanted,
                    user=user_of(request),
                    reason=Reason(form.cleaned_data["reason"]),
                    statement=form.cleaned_data["statement"],
                )
            except DecisionError as error:  # the form has asked for all that it says
                raise PermissionDenied(str(error)) from error
        obj.refresh_from_db()

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the admin with the one that finds the thread of a guide."""
        view = self.admin_site.admin_view(self.of_guide_view)
        return [
            path("of/<int:pk>/", view, name="comments_thread_of_guide"),
            *super().get_urls(),
        ]

    def of_guide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the thread of a guide, or to the form that makes its row."""
        if not user_of(request).has_perm(THREADS):
            raise PermissionDenied
        guide = get_object_or_404(Article.objects.only("pk"), pk=pk)
        thread = Thread.objects.filter(article=guide).first()
        if thread is not None:
            return redirect("admin:comments_thread_change", thread.pk)
        return redirect(f"{reverse('admin:comments_thread_add')}?article={guide.pk}")

    @admin.display(description="mode", ordering="mode")
    def mode_in_words(self, thread: Thread) -> str:
        return thread.get_mode_display() if thread.mode else "As the policy says"

    @admin.display(description="desk")
    def to_desk(self, thread: Thread) -> SafeString | str:
        if thread._state.adding:
            return "–"
        url = reverse("admin:comments_comment_changelist")
        query = f"{url}?queue=all&guide={thread.article_id}"
        return format_html('<a href="{}">All its comments</a>', query)
