from django.urls import path

from articles import views

app_name = "articles"

urlpatterns = [
    path("guides/", views.article_list, name="list"),
    path("guides/<slug:slug>/", views.article_detail, name="detail"),
    path("guides/<slug:slug>.md", views.article_markdown, name="markdown"),
    path("guides/<slug:slug>.json", views.article_json, name="json"),
    path("guides/<slug:slug>/changes/", views.article_changes, name="changes"),
    path("guides/<slug:slug>/changes/<int:number>/", views.article_revision, name="revision"),
    path("categories/<slug:slug>/", views.category_detail, name="category"),
    path("tags/<slug:slug>/", views.tag_detail, name="tag"),
    path("people/<slug:slug>/", views.contributor_detail, name="person"),
]
