"""All addresses of the site. Each app names its own; this file only says where they hang."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve

from accounts.security import second_factor
from accounts.signing_in import together

admin.site.site_header = "Backend Guide: the desk"
admin.site.site_title = "Backend Guide"
admin.site.index_title = "The desk"
admin.site.login = secure_admin_login(second_factor.desk_login)  # type: ignore[method-assign]
admin.site.has_permission = second_factor.may_open_desk  # type: ignore[method-assign]
# Keys and devices are their people's business; the page of a person says what the desk may know.
# Whoever could add an address or a tie to another site would get in as anybody, a superuser too.
admin.site.unregister(
    (Authenticator, UserSession, EmailAddress, SocialAccount, SocialApp, SocialToken)
)

handler429 = "accounts.signing_in.limits.too_many_requests"  # allauth looks for it here
handler500 = "comments.views.kept.server_error"  # gives the words of the desk's forms back

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("articles.urls")),
    path("salaries/", include("salaries.urls")),
    path("", include("evidence.urls")),
    path("", include("comments.urls")),
    path("", include("learning.urls")),
    path("", include("accounts.urls")),
    path("account/", include(together.patterns("allauth.urls"))),
    # One way to change a password: the one that sends a letter about it.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    # Cover pictures, which are few; a busy site serves /media/ from its proxy instead.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
