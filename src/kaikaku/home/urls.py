"""/, /dashboard/, /governor/ and /search/."""

from django.urls import path

from kaikaku.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", views.dashboard, name="dashboard_of"),
    path("governor/<int:pk>/", views.governor, name="governor"),
    path("search/", views.search, name="search"),
]
