"""All addresses of the site. Each app names its own; this file only says where they hang."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

admin.site.site_header = "Backend Guide: the desk"
admin.site.site_title = "Backend Guide"
admin.site.index_title = "The desk"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("articles.urls")),
    path("salaries/", include("salaries.urls")),
    path("", include("evidence.urls")),
    path("", include("comments.urls")),
    path("", include("learning.urls")),
    path("", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    # Cover pictures, which are few; a busy site serves /media/ from its proxy instead.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
