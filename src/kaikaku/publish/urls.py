"""/publications/ for the office; /public/ for everyone."""

from django.urls import path

from . import views

app_name = "publish"
urlpatterns = [
    path("publications/", views.publications, name="publications"),
    path("publications/<int:pk>/", views.publication, name="publication"),
    path("publications/<int:pk>/print/", views.printing, name="printing"),
    path("publications/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("publications/editions/<int:pk>/", views.publish, name="publish"),
    path("public/", views.public, name="public"),
    path("public/<path:path>", views.public, name="public_file"),
]
