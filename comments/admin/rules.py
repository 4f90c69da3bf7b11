"""Rules at the desk: written, tried on what moderators decided, and then saved."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comments.admin.door import KeepsTyped
from comments.admin.rights import name_of, user_of
from comments.admin.rule_form import RuleForm
from comments.models import Comment, Rule
from comments.screening.decided import with_reason
from comments.screening.dry_run import LAST
from comments.states import Reason, State
from evidence.desk import KeepsHistory

LATEST_HITS = 20


@admin.register(Rule)
class RuleAdmin(KeepsTyped, KeepsHistory):
    """Rules. One that would hold more than before is saved only after it was tried."""

    form = RuleForm
    change_form_template = "admin/comments/rule/change_form.html"
    list_display = ("name", "kind", "is_active", "spoke", "since")
    list_filter = ("is_active", "kind")
    search_fields = ("name", "note")
    ordering = ("-is_active", "name")
    actions = ("switch_off",)
    readonly_fields = ("written_by", "outcomes", "latest")

    class Media:
        css = {"all": ["desk/rules.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        """Return the rules with how many comments each spoke against."""
        return super().get_queryset(request).annotate(hit_count=Count("hits"))

    def get_fieldsets(self, request: HttpRequest, obj: Rule | None = None) -> Any:
        """Return the form, and below it what a stored rule has done."""
        fields = ("name", "kind", "value", "is_active", "note")
        if not self._may_save(request, obj):
            return [(None, {"fields": fields}), *_record_of(obj)]
        return [(None, {"fields": (*fields, "tried")}), *_record_of(obj)]

    def _may_save(self, request: HttpRequest, obj: Rule | None) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def revert_disabled(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        """Return True: an earlier value comes back through the form, where it is tried again."""
        return True

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        """Store a rule with who wrote it first."""
        if not change:
            obj.created_by = user_of(request)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Answer with the form; above it what the rule would have held, where it was tried."""
        form = context["adminform"].form
        context["run"] = run = getattr(form, "run", None)
        context["last"] = LAST
        if run is not None:
            context["errors"] = None  # nothing is wrong: there is something to look at
            context["title"] = "What this rule would have held"
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description="Take the chosen rules out of use", permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Rule]) -> None:
        for rule in queryset.filter(is_active=True):
            rule.is_active = False
            rule._history_user = request.user  # type: ignore[attr-defined]
            rule.save()
            self.log_change(request, rule, "Taken out of use.")
        self.message_user(request, "The rules are out of use. They hold nothing now.")

    @admin.display(description="comments it spoke against", ordering="hit_count")
    def spoke(self, rule: Rule) -> int:
        return rule.hit_count  # type: ignore[attr-defined]

    @admin.display(description="since", ordering="created_at")
    def since(self, rule: Rule) -> str:
        return f"{rule.created_at:%-d %B %Y}"

    @admin.display(description="written by")
    def written_by(self, rule: Rule) -> str:
        return f"{name_of(rule.created_by)}, {self.since(rule)}"

    @admin.display(description="comments it spoke against")
    def outcomes(self, rule: Rule) -> str:
        return outcomes_of(rule)

    @admin.display(description="the latest of them")
    def latest(self, rule: Rule) -> SafeString:
        comments = Comment.objects.filter(rule_hits__rule=rule).select_related("thread__article")
        rows = [
            (
                reverse("admin:comments_comment_change", args=[comment.pk]),
                comment,
                comment.thread.article,
                comment.get_state_display(),
            )
            for comment in comments.order_by("-rule_hits__at", "-pk")[:LATEST_HITS]
        ]
        items = format_html_join("", '<li><a href="{}">{}</a> on “{}”: {}</li>', rows)
        return format_html('<ol class="rule-hits">{}</ol>' if rows else "None.{}", items)


def _record_of(rule: Rule | None) -> list[tuple[str, dict[str, Any]]]:
    if rule is None:
        return []
    return [("What it has done", {"fields": ("written_by", "outcomes", "latest")})]


def outcomes_of(rule: Rule) -> str:
    """Return in words what became of the comments that a rule spoke against.

    Comments that were decided about are the rule's record; those of its earlier values count too.
    """
    hits: Any = with_reason(Comment.objects.filter(rule_hits__rule=rule))
    rows = hits.values_list("state", "rejected_for").annotate(count=Count("pk")).order_by()
    counts = dict.fromkeys(("rejected as spam", "rejected otherwise", "public", "waiting"), 0)
    counts["deleted by their writers"] = 0
    for state, reason, count in rows:
        counts[_outcome(state, reason)] += count
    total = sum(counts.values())
    if not total:
        return "None yet."
    parts = [f"{count} {words}" for words, count in counts.items() if count]
    return f"{total}: {', '.join(parts)}"


def _outcome(state: str, reason: str | None) -> str:
    if state == State.REJECTED:
        return "rejected as spam" if reason == Reason.SPAM else "rejected otherwise"
    if state == State.APPROVED:
        return "public"
    return "deleted by their writers" if state == State.DELETED else "waiting"
