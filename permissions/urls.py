"""Route to signing in, one's own account and the administrators' pages."""

from django.urls import path

from permissions.views import account, health, signing_in

app_name = "permissions"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/second-step/", signing_in.second_step, name="second_step"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/post/", account.choose_post, name="choose_post"),
    path("account/sessions/", account.own_sessions, name="own_sessions"),
    path("account/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<uuid:uuid>/end/", account.end_own_session, name="end_own_session"),
    path("account/second-factor/", account.own_second_factor, name="own_second_factor"),
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
