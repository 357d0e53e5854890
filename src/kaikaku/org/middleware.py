"""What every signed-in request passes: the idle clock, and the first change of a given password."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]


class KeepSessionAlive:
    """Restart the idle minutes, once a minute at most: saving at each request would make pages write."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("seen", 0) >= 60:
                request.session["seen"] = now
        return self.get_response(request)


class ChangePasswordFirst:
    """A password someone else has seen opens one page only: the one that changes it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            page = reverse("account_change_password")
            if request.path not in {page, reverse("account_logout")} and not request.path.startswith(
                "/static/"
            ):
                return redirect(page)
        return self.get_response(request)
