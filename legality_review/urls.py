"""Route the pages of legality review that are not pages of a case."""

from django.urls import path

from legality_review.views import (
    cleanups,
    desk,
    intake,
    lists,
    opening,
    reading,
    register,
    registers,
    statistics,
    volume,
)

app_name = "legality_review"
urlpatterns = [
    path("reviews/", lists.reviews, name="reviews"),
    path("reviews/search/", lists.search, name="search"),
    path("reviews/new/", opening.choose, name="choose"),
    path("reviews/new/<slug:matter>/", opening.new_matter, name="new_matter"),
    path("reviews/new/<slug:matter>/draft/", opening.draft_matter, name="draft_matter"),
    path("contracts/new/", opening.new_contract, name="new_contract"),
    path("contracts/new/draft/", opening.draft_contract, name="draft_contract"),
    path("reviews/<uuid:uuid>/edit/", intake.edit, name="edit"),
    path("reviews/<uuid:uuid>/edit/draft/", intake.draft_edit, name="draft_edit"),
    path("reviews/<uuid:uuid>/materials/", intake.materials, name="materials"),
    path(
        "reviews/<uuid:uuid>/materials/<uuid:file>/withdraw/",
        intake.withdraw_material,
        name="withdraw_material",
    ),
    path("reviews/<uuid:uuid>/text/", reading.text, name="text"),
    path("reviews/<uuid:uuid>/compare/", reading.compare, name="compare"),
    path("reviews/<uuid:uuid>/desk/", desk.desk, name="desk"),
    path("reviews/<uuid:uuid>/desk/draft/", desk.draft_findings, name="draft_findings"),
    path("reviews/<uuid:uuid>/desk/advice/", desk.give_advice, name="give_advice"),
    path(
        "reviews/<uuid:uuid>/desk/advice/<uuid:advice>/withdraw/",
        desk.withdraw_advice,
        name="withdraw_advice",
    ),
    path("documents/", register.documents, name="documents"),
    path("documents/export/", register.export, name="export_documents"),
    path("documents/enter/", register.enter, name="enter_document"),
    path("documents/enter/draft/", register.draft_entry, name="draft_entry"),
    path("cleanups/", cleanups.cleanups, name="cleanups"),
    path("cleanups/new/", cleanups.new_cleanup, name="new_cleanup"),
    path("cleanups/<uuid:uuid>/lines/", cleanups.lines, name="cleanup_lines"),
    path("cleanups/<uuid:uuid>/lines/draft/", cleanups.draft_lines, name="draft_cleanup_lines"),
    path("cleanups/<uuid:uuid>/export/", cleanups.export, name="export_cleanup"),
    path("reviews/<uuid:uuid>/volume/", volume.volume, name="volume"),
    path("reviews/<uuid:uuid>/volume/pdf/", volume.volume_pdf, name="volume_pdf"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/rows/", statistics.rows, name="statistics_rows"),
    path("statistics/export/", statistics.export, name="statistics_export"),
    path("templates/", registers.templates, name="templates"),
    path("templates/<uuid:uuid>/retire/", registers.retire_template, name="retire_template"),
    path("qualifications/", registers.qualifications, name="qualifications"),
]
