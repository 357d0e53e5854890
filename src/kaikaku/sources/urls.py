"""/sources/."""

from django.urls import path

from . import views

app_name = "sources"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/original/", views.original, name="original"),
    path("<int:pk>/revise/", views.revise, name="revise"),
    path("citations/<int:pk>/", views.citation, name="citation"),
]
