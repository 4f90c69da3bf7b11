"""How the desk narrows the list of guides."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article


class StateFilter(admin.SimpleListFilter):
    """Draft, scheduled, live, withdrawn: as `Article.state` has it, asked of the database."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Article.State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        withdrawn = Q(withdrawn_at__isnull=False, withdrawn_at__lte=now)
        conditions = {
            Article.State.DRAFT: Q(published_at__isnull=True),
            Article.State.WITHDRAWN: Q(published_at__isnull=False) & withdrawn,
            Article.State.SCHEDULED: Q(published_at__gt=now) & ~withdrawn,
            Article.State.LIVE: Q(published_at__lte=now) & ~withdrawn,
        }
        condition = conditions.get(self.value())  # type: ignore[call-overload]
        return queryset if condition is None else queryset.filter(condition)


class ReviewFilter(admin.SimpleListFilter):
    """Guides that have to be looked at again."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", "Due within 30 days"), ("none", "No date set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        today = timezone.localdate()
        if self.value() == "overdue":
            return queryset.filter(next_review_on__lte=today)
        if self.value() == "soon":
            soon = today + timedelta(days=30)
            return queryset.filter(next_review_on__gt=today, next_review_on__lte=soon)
        if self.value() == "none":
            return queryset.filter(next_review_on__isnull=True)
        return queryset
