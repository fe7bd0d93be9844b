"""Route to signing in, one's own account and the administrators' pages."""

from django.urls import path

from permissions.views import (
    account,
    exceptions,
    health,
    imports,
    people,
    roles,
    signing_in,
    units,
)

app_name = "permissions"

signing = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/second-step/", signing_in.second_step, name="second_step"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
]
own = [
    path("account/password/", account.change_password, name="change_password"),
    path("account/post/", account.choose_post, name="choose_post"),
    path("account/sessions/", account.own_sessions, name="own_sessions"),
    path("account/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<uuid:uuid>/end/", account.end_own_session, name="end_own_session"),
    path("account/second-factor/", account.own_second_factor, name="own_second_factor"),
    path("account/second-factor/begin/", account.begin_second_factor, name="begin_second_factor"),
    path(
        "account/second-factor/confirm/",
        account.confirm_second_factor,
        name="confirm_second_factor",
    ),
    path(
        "account/second-factor/disable/",
        account.disable_second_factor,
        name="disable_second_factor",
    ),
]
directory = [
    path("units/", units.tree, name="units"),
    path("units/add/", units.add, name="add_unit"),
    path("units/<uuid:uuid>/", units.unit, name="unit"),
    path("units/<uuid:uuid>/rename/", units.rename, name="rename_unit"),
    path("units/<uuid:uuid>/move/", units.move, name="move_unit"),
    path("units/<uuid:uuid>/dissolve/", units.dissolve, name="dissolve_unit"),
    path("units/<uuid:uuid>/restore/", units.restore, name="restore_unit"),
    path("people/", people.listing, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/correct/", people.correct, name="correct_person"),
    path("people/<uuid:uuid>/close/", people.close, name="close_account"),
    path("people/<uuid:uuid>/reopen/", people.reopen, name="reopen_account"),
    path("people/<uuid:uuid>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<uuid:uuid>/appoint/", people.appoint, name="appoint"),
    path("people/<uuid:uuid>/end-sessions/", people.end_sessions, name="end_sessions"),
    path(
        "people/<uuid:uuid>/remove-second-factor/",
        people.remove_second_factor,
        name="remove_second_factor",
    ),
    path("posts/<uuid:uuid>/end/", people.end_post, name="end_post"),
]
rights = [
    path("roles/", roles.role_table, name="roles"),
    path("exceptions/", exceptions.listing, name="exceptions"),
    path("exceptions/grant/", exceptions.grant, name="grant_exception"),
    path("exceptions/<uuid:uuid>/withdraw/", exceptions.withdraw, name="withdraw_exception"),
    path("recusals/", exceptions.recusals, name="recusals"),
    path("recusals/record/", exceptions.recuse, name="recuse"),
    path("recusals/<uuid:uuid>/lift/", exceptions.lift, name="lift_recusal"),
]
taking_in = [
    path("import/", imports.directory_check, name="import"),
    path("import/template/", imports.directory_template, name="import_template"),
    path("import/carry-out/", imports.directory_carry_out, name="import_carry_out"),
    path("import/posts/", imports.post_check, name="post_import"),
    path("import/posts/template/", imports.post_template, name="post_import_template"),
    path("import/posts/carry-out/", imports.post_carry_out, name="post_import_carry_out"),
]
urlpatterns = [*signing, *own, *directory, *rights, *taking_in]
