"""People and roles at the desk."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.deletion import DeletionAtTheDesk
from accounts.admin.security import SecurityAtTheDesk
from accounts.models import User


class UserCreationForm(AdminUserCreationForm):
    """A new account; the password is optional, because people can set one by mail."""

    class Meta:
        model = User
        fields = ("email",)


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DeletionAtTheDesk, SecurityAtTheDesk, DjangoUserAdmin):
    form = UserForm
    add_form = UserCreationForm
    ordering = ("email",)
    list_display = ("email", "display_name", "roles", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active")
    search_fields = ("email", "display_name")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "password")}),
        ("Role", {"fields": ("is_staff", "groups", "is_active")}),
        (
            "Special rights",
            {"classes": ["collapse"], "fields": ("is_superuser", "user_permissions")},
        ),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ["wide"], "fields": ("email", "usable_password", "password1", "password2")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only who may do everything can hand out rights beyond the roles."""
        special = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *special]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An administrator cannot take over the account of somebody who may do more."""
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """As for changing; nobody deletes the account they are signed in with."""
        is_own = obj is not None and obj.pk == request.user.pk
        may_touch = self._may_touch(request, obj) and not is_own
        return may_touch and super().has_delete_permission(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or request.user.is_superuser

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "–"
