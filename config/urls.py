"""Root of all addresses: each app says its own."""

from django.urls import include, path

handler400 = "permissions.views.bad_request"
handler403 = "permissions.views.forbidden"
handler404 = "permissions.views.not_found"
handler500 = "permissions.views.server_error"

urlpatterns = [
    path("accreditation/", include("accreditation.urls")),
    path("legality-review/", include("legality_review.urls")),
    path("indicators/", include("indicators.urls")),
    path("laws/", include("laws.urls")),
    path("dashboards/", include("dashboards.urls")),
    path("documents/", include("documents.urls")),
    path("", include("permissions.urls")),
    path("", include("workflows.urls")),
]
