"""Addresses of papers, files and registers."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("papers/<uuid:uuid>/", views.paper_page, name="paper"),
    path("papers/<uuid:uuid>/pages/<int:number>.png", views.paper_image, name="paper_image"),
    path("papers/<uuid:uuid>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("papers/<uuid:uuid>/void/", views.void_paper, name="void_paper"),
    path("papers/<uuid:uuid>/docx/", views.paper_docx, name="paper_docx"),
    path("files/<uuid:uuid>/", views.file_download, name="file"),
    path("files/<uuid:uuid>/view/", views.file_view, name="file_view"),
    path("registers/", views.register_list, name="registers"),
    path("registers/numbers/<uuid:uuid>/void/", views.void_number, name="void_number"),
    path("registers/<str:code>/<int:year>/", views.register_page, name="register"),
    path("registers/<str:code>/<int:year>/pdf/", views.register_pdf, name="register_pdf"),
    path("registers/<str:code>/<int:year>/xlsx/", views.register_xlsx, name="register_xlsx"),
]
