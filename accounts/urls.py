from django.urls import path
from django.views.generic import RedirectView

from accounts.models import Document
from accounts.views import (
    agreements,
    another_look,
    data,
    devices,
    documents,
    notifications,
    overview,
    profile,
    public_profile,
    replaced,
    second_factor,
    security,
)

app_name = "accounts"

urlpatterns = [
    path(
        ".well-known/change-password",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="well-known-change-password",
    ),
    *(
        path(f"{kind}/", documents.document, {"document": kind.value}, name=kind.value)
        for kind in Document
    ),
    path("<slug:document>/versions/", documents.versions, name="document-versions"),
    path("<slug:document>/versions/<int:number>/", documents.version, name="document-version"),
    path("account/agreements/", agreements.page, name="agreements"),
    path("account/data/", data.data, name="data"),
    path("account/data/download/", data.download, name="download"),
    path("account/data/delete/", data.delete, name="delete"),
    path("account/data/delete/keep/", data.keep, name="delete-keep"),
    path("account/", overview.overview, name="overview"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/profile/another-look/", another_look.page, name="another-look"),
    path("account/notifications/", notifications.notifications, name="notifications"),
    path("members/<slug:handle>/", public_profile.member, name="member"),
    path("account/security/", security.overview, name="security"),
    path("account/security/again/", second_factor.sign_in_again, name="sign-in-again"),
    path("account/security/second-factor/", second_factor.gate, name="second-factor"),
    path("account/sessions/<int:pk>/end/", devices.end_device, name="end-device"),
    # Pages of allauth that ours stand for; its own names lead to them, since these come first.
    path("account/sessions/", devices.device_list, name="devices"),
    path("account/2fa/", replaced.to_security),
    path("account/2fa/webauthn/", replaced.to_security),
    path("account/password/set/", replaced.set_password, name="set-password"),
]
