"""Addresses for logging in and out. Of allauth's own only these are offered: no passwords, no sign-up."""

from allauth.account import views as allauth_views
from django.urls import path

from turne.web import account

urlpatterns = [
    path("konto/", account.profile, name="profile"),
    path("konto/paminnelser/", account.reminders, name="reminders"),
    path("konto/logga-in/", account.Login.as_view(), name="account_login"),
    path("konto/logga-in/", account.Login.as_view(), name="account_request_login_code"),
    path("konto/logga-in/kod/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("konto/logga-ut/", allauth_views.logout, name="account_logout"),
    path("konto/nytt/", account.closed_signup, name="account_signup"),
    path("konto/demo/<int:pk>/", account.demo_login, name="demo-login"),
    path("sprak/", account.set_language, name="set_language"),
]
