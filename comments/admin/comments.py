"""Comments at the desk: decided about, explained, and never edited by anybody but their writer."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from comments.admin.answers import AnswerViews
from comments.admin.desk import DeskViews
from comments.admin.door import behind_the_door
from comments.admin.page import CommentPage
from comments.models import Comment


@admin.register(Comment)
class CommentAdmin(DeskViews, CommentPage, AnswerViews, admin.ModelAdmin):
    """Queues instead of a list, and a page with context instead of a form of fields.

    Nothing here writes a comment: every button calls `comments.moderation`.
    """

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: people write comments on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Return False: decisions have a right of their own, and fields are not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Return False: a rejected comment stays, so that its writer can appeal."""
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to the log on the page of the comment, which knows more."""
        return redirect("admin:comments_comment_change", object_id)

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the desk before those of the admin."""
        site = self.admin_site
        return [
            path("decide/", behind_the_door(site, self.decide_view), name="comments_decide"),
            path("<int:pk>/act/", behind_the_door(site, self.act_view), name="comments_act"),
            path("appeals/", behind_the_door(site, self.appeals_view), name="comments_appeals"),
            path("notices/", behind_the_door(site, self.notices_view), name="comments_notices"),
            *super().get_urls(),
        ]
