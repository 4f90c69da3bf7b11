"""Deleting accounts at the desk: by the same function as everywhere, with nothing left behind.

Django would list every row that goes along, ask for a right to each, and delete what hangs on the
account in its own way. Here the apps say what they hold, and let go of it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.data import erasure, export
from accounts.models import CommentsChoice, User

SHOWN_WITH_NUMBERS = 20


class DeletionAtTheDesk(admin.ModelAdmin):
    """Mixed into the admin of people."""

    delete_confirmation_template = "admin/accounts/user/delete.html"
    delete_selected_confirmation_template = "admin/accounts/user/delete_selected.html"

    def get_deleted_objects(
        self, objs: QuerySet[User] | Iterable[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Return what goes: the accounts, and for few of them what each app holds."""
        users = list(objs)
        may_not = any(not self.has_delete_permission(request, user) for user in users)
        lines: list[Any] = []
        for user in users:
            lines.append(str(user))
            if len(users) <= SHOWN_WITH_NUMBERS:
                lines.append(
                    [
                        f"{section.title}: {len(section.rows)}"
                        for section in export.sections(user, for_page=True)
                        if section.rows
                    ]
                )
        counts = {str(self.opts.verbose_name_plural): len(users)}
        return lines, counts, {str(self.opts.verbose_name)} if may_not else set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Erase one account at once; the person is told by letter."""
        erasure.erase(obj, _choice(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Erase several accounts, each in a transaction of its own."""
        for user in queryset:
            erasure.erase(user, _choice(request))


def _choice(request: HttpRequest) -> CommentsChoice:
    """Return what the form says about comments; the gentler way where it says nothing known."""
    chosen = request.POST.get("comments", "")
    return CommentsChoice(chosen) if chosen in CommentsChoice.values else CommentsChoice.ANONYMISE
