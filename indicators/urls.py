"""Route the pages of the indicators."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.Stations.as_view(), name="stations"),
    path("<uuid:station>/<int:year>/", views.Sheet.as_view(), name="sheet"),
    path(
        "<uuid:station>/<int:year>/<slug:code>/draft/",
        views.ReportDraft.as_view(),
        name="draft_report",
    ),
    path("<uuid:station>/<int:year>/<slug:code>/", views.Report.as_view(), name="report"),
]
