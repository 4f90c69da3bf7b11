"""How the site treats comments: one form, each field explained, with its history."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comments.admin.door import KeepsTyped
from comments.models import Policy, SpamModel
from evidence.desk import KeepsHistory


class PolicyForm(forms.ModelForm):
    class Meta:
        model = Policy
        fields = (
            "mode",
            "approvals_to_post",
            "approvals_to_weigh",
            "reports_to_hide",
            "hold_from_score",
            "close_after_days",
        )
        widgets = {"mode": forms.RadioSelect}
        help_texts = {
            "mode": (
                "For all guides; a guide can have a mode of its own. Rules, repetition and the "
                "spam score hold comments in every mode."
            ),
            "approvals_to_post": (
                "Only with “first comments wait”. Approved comments since the last "
                "rejection count. The writer sees on the account page how many are missing."
            ),
            "approvals_to_weigh": (
                "From here on a person's report counts 1. Those of others are shown to you and "
                "hide nothing."
            ),
            "reports_to_hide": (
                "So many trusted people have to report a comment; then it waits for you, unseen "
                "by readers."
            ),
            "hold_from_score": (
                "From 0 to 1. The score can hold a comment, never reject it. 1 switches it off."
            ),
            "close_after_days": (
                "Counted from the publication of the guide. Empty: threads stay open. A guide can "
                "be kept open or closed by hand."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "mode" in self.fields:
            mode = self.fields["mode"]
            assert isinstance(mode, forms.ChoiceField)
            mode.choices = Policy._meta.get_field("mode").choices or []


@admin.register(Policy)
class PolicyAdmin(KeepsTyped, KeepsHistory):
    """The one row of the policy. It is there as soon as somebody changes the defaults."""

    form = PolicyForm
    readonly_fields = ("score_trial",)
    fieldsets = (
        ("Who waits for a moderator", {"fields": ("mode", "approvals_to_post")}),
        ("Readers' reports", {"fields": ("reports_to_hide", "approvals_to_weigh")}),
        ("Spam", {"fields": ("hold_from_score", "score_trial")}),
        ("Age", {"fields": ("close_after_days",)}),
    )

    class Media:
        css = {"all": ["desk/rules.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the row can be made, which happens once."""
        return super().has_add_permission(request) and not Policy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        """Return False: the site always has a policy."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the one row; a list of one says nothing."""
        if Policy.objects.exists():
            return redirect("admin:comments_policy_change", 1)
        if self.has_add_permission(request):
            return redirect("admin:comments_policy_add")
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        """Store the policy as the one row that there is."""
        obj.pk = 1
        super().save_model(request, obj, form, change)

    @admin.display(description="what the score would do here")
    def score_trial(self, policy: Policy) -> SafeString:
        latest = SpamModel.objects.order_by("-pk").defer("words").first()
        return render_to_string("admin/comments/spammodel/_trial.html", {"model": latest})
