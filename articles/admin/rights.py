"""Who may see, change and delete a guide at the desk."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article

PUBLISH = "articles.publish_article"
CHANGE_ANY = "articles.change_any_article"


class GuideRights(admin.ModelAdmin):
    """A draft belongs to the person who began it and to the editors; the rest is for all staff."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        guides = super().get_queryset(request)
        if request.user.has_perm(CHANGE_ANY):
            return guides
        return guides.filter(Q(published_at__isnull=False) | Q(created_by=request.user.pk))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Return the guide. Raises PermissionDenied for a draft that is somebody else's."""
        found = super().get_object(request, object_id, from_field)
        if found is not None or not object_id.isdecimal():
            return found
        if Article.objects.filter(pk=object_id).exists():
            raise PermissionDenied
        return None

    def _is_open_to(self, request: HttpRequest, article: Article | None) -> bool:
        return (
            article is None
            or article.published_at is not None
            or article.created_by_id == request.user.pk
            or request.user.has_perm(CHANGE_ANY)
        )

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Everybody at the desk reads what is or was public; drafts only who works on them."""
        return super().has_view_permission(request, obj) and self._is_open_to(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Authors change their own drafts; editors change every guide."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm(CHANGE_ANY):
            return True
        return obj.published_at is None and obj.created_by_id == request.user.pk

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only a draft can be deleted: what was public is withdrawn and keeps its history."""
        if obj is not None and obj.published_at is not None:
            return False
        if obj is not None and not self.has_change_permission(request, obj):
            return False
        return super().has_delete_permission(request, obj)

    def guide_to_read(self, request: HttpRequest, pk: int) -> Article:
        """Return a guide for a view of the desk. Raises Http404 or PermissionDenied."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def guide_to_change(self, request: HttpRequest, pk: int) -> Article:
        """Return a guide that the person may change. Raises Http404 or PermissionDenied."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article
