"""Django's admin, for looking at what the office's pages do not show; it changes nothing.

What changes goes through services, so that it is recorded. Each 情報システム担当 sees their government alone.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .access import allowed
from .roles import Role


class Site(admin.AdminSite):
    """Closed to all but those who are 情報システム担当 today; sign-in is the house's own."""

    site_header = site_title = "Kaikaku 管理"
    index_title = "登録の確認（見るだけの画面です）"

    def has_permission(self, request: HttpRequest) -> bool:
        return allowed(request.user, Role.IT)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied("この画面は情報システム担当だけが使えます。")
        return redirect_to_login(request.GET.get("next", "/admin/"))
