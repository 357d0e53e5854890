"""/, /dashboard/, /governor/, /handover/ and /search/."""

from django.urls import path

from kaikaku.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", views.dashboard, name="dashboard_of"),
    path("governor/<int:pk>/", views.governor, name="governor"),
    path("handover/", views.handovers, name="handovers"),
    path("handover/<int:pk>/", views.handover, name="handover"),
    path("search/", views.search, name="search"),
]
