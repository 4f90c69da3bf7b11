"""Rules that the admin classes of several apps share."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import ForeignKey, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from simple_history.admin import SimpleHistoryAdmin


class KeepsItsName(admin.ModelAdmin):
    """What texts and addresses name a row by is written once, when the row is made.

    Revisions and bodies name things by these words: a changed one would point nowhere.
    """

    name_field = "slug"
    named_after: tuple[str, ...] = ()  # fields from whose words the browser suggests the name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [self.name_field] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        # Not `prepopulated_fields`: pages of the history read that, and have no field for it.
        return {self.name_field: self.named_after} if obj is None and self.named_after else {}


class KeepsHistory(SimpleHistoryAdmin):
    """Shows who changed a row, when, and how it was."""

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> QuerySet:
        """Return the history; simple_history's own follows no relation by name, and warns."""
        tracked = history_manager.model.tracked_fields
        followed = [field.name for field in tracked if isinstance(field, ForeignKey)]
        rows = history_manager.filter(**{pk_name: object_id})
        return rows.select_related("history_user", *followed)


class RefusesDeletion(admin.ModelAdmin):
    """Says why a row stays, where a signal refuses to delete it, for one row and for many."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError as error:
            return self._refuse(request, error)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            with transaction.atomic():  # all of the chosen rows, or none
                return super().changelist_view(request, extra_context)
        except ProtectedError as error:
            return self._refuse(request, error)

    def _refuse(self, request: HttpRequest, error: ProtectedError) -> HttpResponse:
        text = f"Nothing was deleted. {error.args[0]}"
        self.message_user(request, text, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
