"""What every answer carries: a content security policy without inline code, and a number to ask about."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.http import HttpRequest, HttpResponse

from kaikaku.core.errors import RuleViolation

# Nothing comes from elsewhere and nothing is inline: this also proves that pages work on a closed network.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class SecurityHeaders:
    """Sets the headers and the request's number, and words a broken rule that no form has caught.

    A number sent by our own proxy in X-Request-ID is kept, so that its log and ours can be laid side by side.
    Pages are private unless a view says otherwise: no shared cache may keep one person's page for another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        request.request_id = number  # type: ignore[attr-defined]
        mark = request_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(mark)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = number
        if not response.has_header("Cache-Control") and "text/html" in response.get("Content-Type", ""):
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A rule broken outside a form is the person's affair, not a crash: its sentence, status 400."""
        if not isinstance(exception, RuleViolation):
            return None
        from kaikaku.ui.errors import refused

        return refused(request, exception)


class RequestIdFilter(logging.Filter):
    """Puts the request's number into log records as `request_id` (for the formatter in settings)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True
