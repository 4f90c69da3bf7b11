"""The outbox at the desk: whether letters leave. Neither addresses nor words are shown here."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from mailing import outbox
from mailing.models import Fate, Letter, LetterQuerySet


class FateFilter(admin.SimpleListFilter):
    """What became of the letters."""

    title = "what became of it"
    parameter_name = "fate"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Fate.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        if self.value() == Fate.WAITING:
            return cast(LetterQuerySet, queryset).waiting()
        if self.value() == Fate.SENT:
            return queryset.filter(sent_at__isnull=False)
        if self.value() == Fate.TAKEN_BACK:
            return queryset.filter(cancelled_at__isnull=False)
        if self.value() == Fate.GIVEN_UP:
            return queryset.filter(
                next_try_at__isnull=True, sent_at__isnull=True, cancelled_at__isnull=True
            )
        return queryset


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = ("key", "became", "queued_at", "next_try_at", "sent_at", "attempts", "error")
    list_display_links = None
    list_filter = (FateFilter,)
    search_fields = ("key",)
    ordering = ("-pk",)
    actions = ("try_again_now",)
    fields = ("key", "queued_at", "not_before", "next_try_at", "attempts", "last_error", "sent_at")
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may have letters tried again."""
        return request.user.has_perm("mailing.retry_letter")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse filters typed into the address: they could ask whether somebody has mail."""
        return lookup == FateFilter.parameter_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return super().get_queryset(request).defer("recipient", "subject", "text", "html")

    @admin.display(description="what became of it")
    def became(self, letter: Letter) -> str:
        return str(letter.fate.label)

    @admin.display(description="last fault")
    def error(self, letter: Letter) -> str:
        return letter.last_error

    @admin.action(description="Try again now", permissions=["retry"])
    def try_again_now(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        """Have the chosen letters tried at once, also those that were given up."""
        tried = sum(outbox.try_again(letter) for letter in letters)
        if tried:
            words = "1 letter is" if tried == 1 else f"{tried} letters are"
            self.message_user(request, f"{words} tried again now.", messages.SUCCESS)
        if rest := letters.count() - tried:
            words = "1 letter was" if rest == 1 else f"{rest} letters were"
            self.message_user(
                request,
                f"{words} left alone: sent or taken back already, being sent now, or emptied.",
                messages.WARNING,
            )
