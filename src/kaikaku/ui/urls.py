"""/help/: the manual, the style page, and what a typed number was understood as."""

from django.urls import path

from kaikaku.ui import pages
from kaikaku.ui.manual import views as manual

app_name = "ui"
urlpatterns = [
    path("", manual.contents, name="help"),
    path("all/", manual.whole, name="help_all"),
    path("style/", pages.style, name="style"),
    path("understand/", pages.understand, name="understand"),
    path("<slug:slug>/", manual.page, name="help_page"),
]
