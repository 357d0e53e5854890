"""/, /notices/, /dashboard/, /governor/, /handover/ and /search/."""

from django.urls import path

from kaikaku.home.views import notices, pages

app_name = "home"
urlpatterns = [
    path("", pages.index, name="index"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="read"),
    path("notices/digest/", notices.digest, name="digest"),
    path("notices/follow/<str:kind>/<int:pk>/", notices.follow, name="follow"),
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", pages.dashboard, name="dashboard_of"),
    path("governor/<int:pk>/", pages.governor, name="governor"),
    path("handover/", pages.handovers, name="handovers"),
    path("handover/<int:pk>/", pages.handover, name="handover"),
    path("search/", pages.search, name="search"),
]
