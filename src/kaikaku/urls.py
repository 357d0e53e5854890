"""All addresses. An app that is switched off, or has no pages, leaves none."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# app → what its addresses begin with; org, publish and home have several beginnings of their own
PREFIXES = {
    "ui": "help/",
    "org": "",
    "sources": "sources/",
    "plans": "plans/",
    "reporting": "reports/",
    "reviews": "reviews/",
    "bpr": "bpr/",
    "ideas": "ideas/",
    "exchange": "exchange/",
    "controls": "controls/",
    "ledgers": "ledgers/",
    "ingest": "import/",
    "publish": "",
    "home": "",
}

handler400 = "kaikaku.ui.errors.bad_request"
handler403 = "kaikaku.ui.errors.permission_denied"
handler404 = "kaikaku.ui.errors.page_not_found"
handler500 = "kaikaku.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
]
urlpatterns += [
    path(prefix, include(f"kaikaku.{app}.urls"))
    for app, prefix in PREFIXES.items()
    if app in settings.KAIKAKU_APPS and find_spec(f"kaikaku.{app}.urls")
]
