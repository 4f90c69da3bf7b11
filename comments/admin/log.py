"""The log at the desk: everything that was decided, to read and to filter."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from comments.admin.rights import name_of, name_of_person, who_did
from comments.models import ModerationAct
from core import moments


class ReadOnly(admin.ModelAdmin):
    """A list that is looked at; what it shows changes through the desk alone."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False


class ModeratorFilter(admin.SimpleListFilter):
    """Moderators by their names; Django's own filter would list addresses."""

    title, parameter_name = "moderator", "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return whoever has decided something."""
        acted = ModerationAct.objects.exclude(actor=None).values("actor")
        users = User.objects.filter(pk__in=acted).order_by("display_name", "pk")
        return [(str(user.pk), name_of(user)) for user in users]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ModerationAct]
    ) -> QuerySet[ModerationAct]:
        """Return the acts of one moderator."""
        value = self.value() or ""
        return queryset.filter(actor=int(value)) if value.isdecimal() else queryset


@admin.register(ModerationAct)
class ModerationActAdmin(ReadOnly):
    """Rows of the log, the latest first."""

    list_display = ("at", "what", "subject", "who", "reason", "statement")
    list_filter = ("action", "to_state", "reason", "actor_kind", ModeratorFilter)
    search_fields = ("comment__name", "statement", "detail")
    search_help_text = "Words of a statement or a detail, or the name under a comment."
    list_select_related = ("comment", "commenter__user", "thread__article", "actor")
    list_display_links = ("at",)
    ordering = ("-pk",)
    show_facets = admin.ShowFacets.NEVER  # they would count the whole log for each choice
    fields = (
        "at",
        "what",
        "subject",
        "who",
        "reason",
        "statement",
        "detail",
        "takes_back",
    )
    readonly_fields = fields

    @admin.display(description="what")
    def what(self, act: ModerationAct) -> str:
        if act.to_state:
            return f"{act.get_from_state_display()} → {act.get_to_state_display()}"
        return act.get_action_display()

    @admin.display(description="about")
    def subject(self, act: ModerationAct) -> SafeString:
        if act.comment is not None:
            url = reverse("admin:comments_comment_change", args=[act.comment_id])
            return format_html('<a href="{}">{}</a>', url, act.comment)
        if act.commenter is not None:
            url = reverse("admin:comments_commenter_change", args=[act.commenter_id])
            return format_html('<a href="{}">{}</a>', url, name_of_person(act.commenter))
        url = reverse("admin:comments_thread_change", args=[act.thread_id])
        return format_html('<a href="{}">{}</a>', url, act.thread)

    @admin.display(description="who")
    def who(self, act: ModerationAct) -> str:
        return who_did(act)

    @admin.display(description="takes back")
    def takes_back(self, act: ModerationAct) -> str:
        return (
            "–"
            if act.undoes is None
            else f"{act.undoes} ({moments.in_words(act.undoes.at, moments.LONG)})"
        )
