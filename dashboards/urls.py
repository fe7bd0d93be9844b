"""Route to the trace and its seals."""

from django.urls import path

from dashboards.views import seals, trail

app_name = "dashboards"
urlpatterns = [
    path("trail/", trail.trail, name="trail"),
    path("trail/export/", trail.export, name="trail_export"),
    path("trail/verify/", trail.verify_trail, name="trail_verify"),
    path("trail/<int:sequence>/", trail.entry_page, name="entry"),
    path("seals/", seals.seal_list, name="seals"),
    path("seals/now/", seals.seal_now, name="seal_now"),
    path("seals/<slug:day>/", seals.seal_sheet, name="seal"),
]
