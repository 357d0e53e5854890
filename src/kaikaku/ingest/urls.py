"""/import/."""

from django.urls import path

from kaikaku.ingest.views import deciding, imports, linting, things

app_name = "ingest"
urlpatterns = [
    path("", imports.imports, name="imports"),
    path("lint/", linting.lint, name="lint"),
    path("lint/findings/", linting.findings, name="findings"),
    path("new/", imports.new, name="new"),
    path("<int:pk>/", imports.imported, name="import"),
    path("<int:pk>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/head/", imports.head, name="head"),
    path("<int:pk>/add/", things.add, name="add"),
    path("<int:pk>/discard/", imports.discard, name="discard"),
    path("<int:pk>/result/", imports.result, name="result"),
    path("things/<int:pk>/", imports.at, name="at"),
    path("things/<int:pk>/correct/", things.correct, name="correct"),
    path("things/<int:pk>/split/", things.split, name="split"),
]
