"""Route the pages of the register of laws."""

from django.urls import path

from laws.views import imports, register

app_name = "laws"
urlpatterns = [
    path("", register.listing, name="laws"),
    path("add/", register.add, name="add"),
    path("export/", register.export, name="export"),
    path("import/", imports.check, name="import"),
    path("import/template/", imports.template, name="import_template"),
    path("import/carry-out/", imports.carry_out, name="import_carry_out"),
    path("<uuid:uuid>/", register.law, name="law"),
    path("<uuid:uuid>/correct/", register.correct, name="correct"),
    path("<uuid:uuid>/renew/", register.renew, name="renew"),
    path("<uuid:uuid>/end/", register.end, name="end"),
]
