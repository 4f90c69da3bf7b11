from django.urls import path

from learning.views import guide, lists

app_name = "learning"

urlpatterns = [
    path("account/guides/<slug:slug>/", guide.guide, name="guide"),
    path("account/saved/", lists.saved, name="saved"),
    path("account/progress/", lists.progress, name="progress"),
    path("account/progress/forget/", lists.forget, name="forget"),
]
