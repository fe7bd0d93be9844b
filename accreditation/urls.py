"""Route the pages of accreditation that are not pages of a case."""

from django.urls import path

from accreditation.views import assessment, progress, standards

app_name = "accreditation"
urlpatterns = [
    path("plan/", progress.plan, name="plan"),
    path("applications/", progress.applications, name="applications"),
    path("applications/new/", assessment.new_application, name="new_application"),
    path("applications/new/draft/", assessment.draft_opening, name="draft_opening"),
    path("applications/<uuid:uuid>/sheet/draft/", assessment.draft_sheet, name="draft_sheet"),
    path("applications/<uuid:uuid>/sheet/", assessment.sheet, name="sheet"),
    path("applications/<uuid:uuid>/sheet/refresh/", assessment.refresh, name="refresh_sheet"),
    path("applications/<uuid:uuid>/materials/", assessment.materials, name="materials"),
    path(
        "applications/<uuid:uuid>/materials/<uuid:file>/withdraw/",
        assessment.withdraw_material,
        name="withdraw_material",
    ),
    path("titles/", progress.titles, name="titles"),
    path("standards/", standards.standard_list, name="standards"),
    path("standards/<uuid:uuid>/", standards.standard, name="standard"),
    path("standards/<uuid:uuid>/edit/", standards.edit, name="edit_standard"),
    path("standards/<uuid:uuid>/copy/", standards.copy, name="copy_standard"),
    path("standards/<uuid:uuid>/export/", standards.export, name="export_standard"),
    path("standards/<uuid:uuid>/load/", standards.load, name="load_standard"),
    path(
        "standards/<uuid:uuid>/categories/<int:number>/",
        standards.edit_category,
        name="edit_category",
    ),
    path(
        "standards/<uuid:uuid>/categories/<int:number>/items/<str:code>/",
        standards.edit_item,
        name="edit_item",
    ),
    path("standards/<uuid:uuid>/vetoes/<int:number>/", standards.edit_veto, name="edit_veto"),
    path(
        "standards/<uuid:uuid>/<str:part>/<str:code>/delete/",
        standards.delete_part,
        name="delete_part",
    ),
]
