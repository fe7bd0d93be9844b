"""Route to the workbench, the in-box and the cases."""

from django.urls import path

from workflows.views import cases, inbox

app_name = "workflows"
urlpatterns = [
    path("", inbox.workbench, name="workbench"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<slug:tab>/", inbox.inbox, name="inbox_tab"),
    path("tasks/<uuid:uuid>/claim/", inbox.claim, name="claim"),
    path("tasks/<uuid:uuid>/release/", inbox.release, name="release"),
    path("cases/<slug:kind>/<uuid:uuid>/", cases.case, name="case"),
    path("cases/<slug:kind>/<uuid:uuid>/print/", cases.case_print, name="case_print"),
    path("cases/<slug:kind>/<uuid:uuid>/acts/<slug:name>/", cases.act, name="act"),
    path("cases/<slug:kind>/<uuid:uuid>/acts/<slug:name>/draft/", cases.save_draft, name="draft"),
]
