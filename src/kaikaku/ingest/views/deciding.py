"""The buttons of the review: take, leave out, take back, join, up, down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.ingest import queries, services, words
from kaikaku.ingest.review import TABS
from kaikaku.ingest.views.common import office, url_of
from kaikaku.org.access import user_of

if TYPE_CHECKING:
    from kaikaku.ingest.models import Import, Proposal
    from kaikaku.org.models import User


@require_POST
@office(queries.import_for)
def decide(request: HttpRequest, shown: Import) -> HttpResponse:
    """All buttons of the review: `do` is what, for the rows of `chosen`, or `do:key` for one row."""
    what, _, one = request.POST.get("do", "").partition(":")
    keys = [int(key) for key in ([one] if one else request.POST.getlist("chosen")) if key.isdecimal()]
    act = _ACTS.get(what)
    if act is None:
        raise Http404
    back = f"{url_of(shown)}?{_place(request)}"
    if not keys and what != "accept_all":
        messages.error(request, "何も選ばれていません。左の四角にチェックを入れてから押してください。")
        return HttpResponseRedirect(back)
    try:
        told = act(user_of(request), shown, keys)
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return HttpResponseRedirect(back)
    messages.success(request, told)
    if what.startswith("accept") and not queries.counts_of(shown)["waiting"]:
        return HttpResponseRedirect(reverse("ingest:result", args=[shown.pk]))
    return HttpResponseRedirect(f"{back}#P{one}" if one else back)


def _place(request: HttpRequest) -> str:
    tab, page = request.POST.get("tab", "todo"), request.POST.get("page", "1")
    return f"tab={tab if tab in TABS else 'todo'}&page={page if page.isdecimal() else 1}"


def _accept(user: User, shown: Import, keys: list[int]) -> str:
    return _accepted(services.accept(imported=shown, by=user, only=keys))


def _accept_all(user: User, shown: Import, keys: list[int]) -> str:
    return _accepted(services.accept(imported=shown, by=user))


def _accepted(done: services.Accepted) -> str:
    if not done.total:
        return "新しく取り込むものはありませんでした。"
    made = "、".join(f"{words.KINDS[kind]}{count}件" for kind, count in done.made.items())
    changed = "、".join(f"{words.KINDS[kind]}{count}件" for kind, count in done.changed.items())
    parts = [f"{made}を追加" if made else "", f"{changed}を変更" if changed else ""]
    return f"{'し、'.join(part for part in parts if part)}しました。"


def _drop(user: User, shown: Import, keys: list[int]) -> str:
    count = services.drop(imported=shown, keys=keys, by=user)
    return f"{count}件を外しました。「外したもの」から戻せます。"


def _restore(user: User, shown: Import, keys: list[int]) -> str:
    return f"{services.restore(imported=shown, keys=keys, by=user)}件を戻しました。"


def _join(user: User, shown: Import, keys: list[int]) -> str:
    services.join_all(imported=shown, keys=keys, by=user)
    return f"{len(keys)}件を1つに結合しました。"


def _one(service: Callable[..., Proposal], told: str) -> Callable[[User, Import, list[int]], str]:
    def act(user: User, shown: Import, keys: list[int]) -> str:
        for key in keys:
            service(proposal=queries.proposal_for(user, key), by=user)
        return told

    return act


_ACTS: dict[str, Callable[[User, Import, list[int]], str]] = {
    "accept": _accept,
    "accept_all": _accept_all,
    "drop": _drop,
    "restore": _restore,
    "join": _join,
    "indent": _one(services.indent, "1段下げました。"),
    "outdent": _one(services.outdent, "1段上げました。"),
    "convert": _one(services.convert, "種類を変えました。"),
}
