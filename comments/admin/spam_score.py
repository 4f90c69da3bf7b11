"""What the spam score has learned, for people to read; and the button that has it learn again."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from comments.admin.log import ReadOnly
from comments.admin.rights import DECIDE, require, user_of
from comments.models import SpamModel
from comments.screening import learning

TELLING = 30


@admin.register(SpamModel)
class SpamModelAdmin(ReadOnly):
    """One page: when it learned, from how many decisions, and which words count."""

    class Media:
        css = {"all": ["desk/rules.css"]}

    def get_urls(self) -> list[URLPattern]:
        """Return the page, and the address of its button."""
        train_view = self.admin_site.admin_view(self.train_view)
        return [path("train/", train_view, name="comments_spammodel_train"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what is in use, and the trainings before it."""
        require(request, "comments.view_spammodel")
        models = list(SpamModel.objects.order_by("-pk").defer("words"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Spam score",
            "media": self.media,
            "model": models[0] if models else None,
            "earlier": models[1:],
            "least": learning.LEAST,
            "may_train": user_of(request).has_perm(DECIDE),
        }
        context["good"], context["spam"] = learning.decision_counts()
        if models:
            scorer = learning.scorer_of(models[0].pk, models[0].digest)
            for_spam, against = scorer.telling(TELLING)
            context["for_spam"], context["against_spam"] = _written(for_spam), _written(against)
            context["word_count"] = len(scorer.weights)
        return render(request, "admin/comments/spammodel/page.html", context)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the one page."""
        return redirect("admin:comments_spammodel_changelist")

    def train_view(self, request: HttpRequest) -> HttpResponse:
        """Learn from all decisions now, by the button alone."""
        require(request, DECIDE)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        before = SpamModel.objects.order_by("-pk").values_list("digest", flat=True).first()
        made = learning.train()
        if made is None:
            good, spam = learning.decision_counts()
            text = f"Not enough decisions yet: {good} good comments and {spam} of spam."
            self.message_user(
                request, f"{text} It takes {learning.LEAST} of each.", messages.WARNING
            )
        elif made.digest == before:
            self.message_user(request, "The decisions are the same as before; so is the score.")
        else:
            self.message_user(request, f"{made}. The next comment is scored by it.")
        return redirect("admin:comments_spammodel_changelist")


def _written(words: list[tuple[str, int]]) -> list[tuple[str, str]]:
    return [(word, f"{weight / 100:+.2f}".replace("-", "−")) for word, weight in words]
