from django.urls import path

from salaries import edition_views, views
from salaries.charts.views import chart_image
from salaries.explorer.views import explore

app_name = "salaries"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("explore/", explore, name="explore"),
    path("editions/", edition_views.edition_list, name="editions"),
    path("editions/<slug:slug>/", edition_views.edition_detail, name="edition"),
    path("editions/<slug:slug>.csv", edition_views.edition_csv, name="edition-csv"),
    path("editions/<slug:slug>.json", edition_views.edition_json, name="edition-json"),
    path("sources/", edition_views.sources_side_by_side, name="sources"),
    path("figures/<path:key>.csv", edition_views.figures_csv, name="figures-csv"),
    path("figures/<path:key>.json", edition_views.figures_json, name="figures-json"),
    path("charts/<path:key>.svg", chart_image, name="chart"),
    path("<slug:slug>/", views.guide_detail, name="detail"),
    path("<slug:slug>.md", views.guide_markdown, name="markdown"),
    path("<slug:slug>.json", views.guide_json, name="json"),
    path("<slug:slug>/changes/", views.guide_changes, name="changes"),
    path("<slug:slug>/changes/<int:number>/", views.guide_revision, name="revision"),
]
