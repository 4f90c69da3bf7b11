"""People who comment, as the desk knows them: by a name or a number, never by an address."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comments.admin.around import acts_about, history_of
from comments.admin.cards import people_of, restrictions_of
from comments.admin.log import ReadOnly
from comments.admin.rights import name_of_person, who_did
from comments.models import Commenter, Policy
from comments.states import State
from core import moments


class RestrictionFilter(admin.SimpleListFilter):
    """Whom moderators hold, suspend or ban."""

    title, parameter_name = "restriction", "restriction"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("held", "Always held"), ("suspended", "Suspended once"), ("banned", "Banned")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Commenter]) -> QuerySet[Commenter]:
        """Return the people concerned."""
        conditions = {
            "held": Q(always_hold=True),
            "suspended": Q(suspended_until__isnull=False),
            "banned": Q(banned_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


@admin.register(Commenter)
class CommenterAdmin(ReadOnly):
    """Who comments, how much of it stands, and what was decided about them."""

    list_display = ("who", "kind", "comments_count", "public", "rejected", "restrictions", "since")
    list_filter = (RestrictionFilter,)
    search_fields = ("user__display_name", "comments__name")
    search_help_text = "The name of an account, or a name under a comment."
    list_select_related = ("user",)
    ordering = ("-pk",)
    fields = ("who", "kind", "since", "standing", "restrictions", "decided", "written")
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse filters typed into the address: they could spell out a guest's, by trying."""
        return lookup == RestrictionFilter.parameter_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commenter]:
        """Return people with their numbers."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                count_all=Count("comments", distinct=True),
                count_public=Count(
                    "comments", filter=Q(comments__state=State.APPROVED), distinct=True
                ),
                count_rejected=Count(
                    "comments", filter=Q(comments__state=State.REJECTED), distinct=True
                ),
            )
        )

    @admin.display(description="who")
    def who(self, person: Commenter) -> str:
        return name_of_person(person)

    @admin.display(description="as")
    def kind(self, person: Commenter) -> str:
        if person.stands_for_leavers:
            return "nobody any more"
        return "guest" if person.user is None else "account"

    @admin.display(description="comments", ordering="count_all")
    def comments_count(self, person: Commenter) -> SafeString:
        url = reverse("admin:comments_comment_changelist")
        query = f"{url}?queue=all&person={person.pk}"
        return format_html('<a href="{}">{}</a>', query, person.count_all)  # type: ignore[attr-defined]

    @admin.display(description="public", ordering="count_public")
    def public(self, person: Commenter) -> int:
        return person.count_public  # type: ignore[attr-defined]

    @admin.display(description="rejected", ordering="count_rejected")
    def rejected(self, person: Commenter) -> int:
        return person.count_rejected  # type: ignore[attr-defined]

    @admin.display(description="since", ordering="created_at")
    def since(self, person: Commenter) -> str:
        return f"{person.created_at:%-d %b %Y}"

    @admin.display(description="restrictions")
    def restrictions(self, person: Commenter) -> str:
        return ", ".join(restrictions_of(person)) or "none"

    @admin.display(description="standing")
    def standing(self, person: Commenter) -> str:
        known = people_of([person], Policy.current())[person.pk]
        return f"{known.level}: {known.step}. {known.written.total} comments: {known.written}"

    @admin.display(description="what was decided")
    def decided(self, person: Commenter) -> SafeString | str:
        lines = (
            (
                moments.in_words(act.at),
                who_did(act),
                act.get_action_display(),
                act.get_reason_display(),
                act.statement,
            )
            for act in acts_about(person)
        )
        return format_html_join("", "<p>{} · {} · {}. {} {}</p>", lines) or "nothing"

    @admin.display(description="last comments")
    def written(self, person: Commenter) -> SafeString | str:
        lines = (
            (
                reverse("admin:comments_comment_change", args=[earlier.comment.pk]),
                f"{earlier.comment.created_at:%-d %b %Y}",
                earlier.comment.get_state_display(),
                earlier.comment.text[:160] or "–",
            )
            for earlier in history_of(person)
        )
        return format_html_join("", '<p><a href="{}">{}</a> · {} · {}</p>', lines) or "none"
