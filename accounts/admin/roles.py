"""Roles at the desk: administrators hand them out, and only who may do everything defines them.

Otherwise an administrator could give their own role any right there is, and with it what the desk
keeps from them elsewhere.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser
