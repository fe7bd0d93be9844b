"""Route to the workbench, the in-box, the cases and the office's reference pages."""

from django.urls import path

from workflows.views import calendar, cases, declared, guidance, inbox, notices, parameters

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
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all_notices, name="read_all_notices"),
    path("notices/<uuid:uuid>/read/", notices.read_notice, name="read_notice"),
    path("calendar/", calendar.year_page, name="calendar"),
    path("calendar/<int:year>/", calendar.year_page, name="calendar"),
    path("calendar/<int:year>/template/", calendar.import_template, name="calendar_template"),
    path("calendar/import/", calendar.import_page, name="calendar_import"),
    path("calendar/import/carry-out/", calendar.carry_out_import, name="calendar_carry_out"),
    path("trial/", calendar.trial, name="trial"),
    path("parameters/", parameters.parameter_list, name="parameters"),
    path("parameters/<str:key>/", parameters.parameter_page, name="parameter"),
    path("flows/", declared.flow_list, name="flows"),
    path("flows/<slug:kind>/", declared.flow_page, name="flow"),
    path("help/", guidance.guidance, name="guidance"),
]
