"""Pages for what goes wrong: what happened, why, what to do next (kaikaku.urls: handler400 … handler500)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kaikaku.core.errors import RuleViolation


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says."""

    title: str
    what: str
    next: str


BAD_REQUEST = Words(
    "送られた内容を受け取れませんでした",
    "入力が大きすぎるか、画面が古くなっている可能性があります。",
    "前の画面に戻り、画面を読み込み直してから、もう一度送ってください。",
)
CSRF = Words(
    "もう一度送ってください",
    "画面を開いてから時間がたったか、別の画面でログインし直したため、安全のために受け付けませんでした。",
    "前の画面に戻って読み込み直し、もう一度送ってください。入力した内容は、この端末に残っていれば戻せます。",
)
FORBIDDEN = Words(
    "この操作は、いまの職ではできません",
    "この画面は、別の職や役割の方だけが使えます。",
    "必要な場合は、所属の承認者か、プランの事務局に依頼してください。",
)
NOT_FOUND = Words(
    "ページが見つかりません",
    "アドレスが変わったか、削除されたか、ほかの団体のものである可能性があります。",
    "アドレスを確かめるか、ホームから探してください。",
)
SERVER = Words(
    "処理の途中で問題が起きました",
    "入力した内容は保存されていません。原因は記録しました。",
    "しばらくしてから、もう一度試してください。続くときは、下の番号を情報システム担当に伝えてください。",
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, BAD_REQUEST, status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is stale (settings.CSRF_FAILURE_VIEW)."""
    return _page(request, CSRF, status=403)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403. A PermissionDenied that carries a sentence shows it instead of the general one."""
    said = str(exception) if exception is not None else ""
    words = Words(FORBIDDEN.title, said, FORBIDDEN.next) if said else FORBIDDEN
    return _page(request, words, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. It says the same whether the thing is absent or another organisation's."""
    return _page(request, NOT_FOUND, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Drawn without frame, session or database, any of which may be the cause."""
    number = getattr(request, "request_id", "")
    return HttpResponse(render_to_string("ui/500.html", {"words": SERVER, "number": number}), status=500)


def refused(request: HttpRequest, violation: RuleViolation) -> HttpResponse:
    """400 with the sentence of the rule that was broken."""
    words = Words("この操作はできません", violation.message, "前の画面に戻って、内容を確かめてください。")
    return _page(request, words, status=400)


def _page(request: HttpRequest, words: Words, *, status: int) -> HttpResponse:
    context = {"words": words, "status": status, "number": getattr(request, "request_id", "")}
    return render(request, "ui/error.html", context, status=status)
