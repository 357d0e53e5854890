"""/help/: how to use, the style page, and what a typed number was understood as."""

from django.urls import path

from kaikaku.ui import pages

app_name = "ui"
urlpatterns = [
    path("", pages.help_page, name="help"),
    path("style/", pages.style, name="style"),
    path("understand/", pages.understand, name="understand"),
]
