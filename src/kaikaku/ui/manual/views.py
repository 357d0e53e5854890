"""The pages of the manual. They are open to whoever cannot sign in: that is when help is needed most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from kaikaku.ui.manual import searching
from kaikaku.ui.manual.drawing import At, Section, draw, sections
from kaikaku.ui.manual.pages import ManualPage, Part, Reader, Want, page_of, pages
from kaikaku.ui.navigation import frame
from kaikaku.ui.search import Wanted

TITLE = "使い方"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page with its prose and its headings."""

    page: ManualPage
    html: Markup
    parts: tuple[Section, ...]


@login_not_required
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """「何をすればよいのか」「どこに書いてあるのか」: by reader and wish, by chapter, and by search."""
    wanted = Wanted.of(request.GET.get("q", ""))
    context = {
        "wanted": wanted,
        "found": searching.found(wanted) if wanted.possible else None,
        "readers": _by_reader(_mine(request)),
        "mine": _mine(request),
        "parts": _by_part(),
        "breadcrumbs": [("ホーム", "/"), (TITLE, "")],
    }
    return render(request, "ui/manual/contents.html", context)


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """「この画面で何をするのか」「うまくいかないときは」: one page."""
    known = pages()
    chosen = page_of(slug)
    if chosen is None:
        raise Http404
    place = known.index(chosen)
    context = {
        "drawn": _drawn(At(chosen, request.user)),
        "before": known[place - 1] if place else None,
        "after": known[place + 1] if place + 1 < len(known) else None,
        "breadcrumbs": [("ホーム", "/"), (TITLE, reverse("ui:help")), (chosen.title, "")],
    }
    return render(request, "ui/manual/page.html", context)


@login_not_required
@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """「研修で配りたい」: all pages as one, to print."""
    drawn = [_drawn(At(page, request.user, alone=False)) for page in pages()]
    context = {
        "parts": [(part, list(group)) for part, group in groupby(drawn, key=lambda one: one.page.part)],
        "breadcrumbs": [("ホーム", "/"), (TITLE, reverse("ui:help")), ("全体を印刷する", "")],
    }
    return render(request, "ui/manual/whole.html", context)


def _drawn(at: At) -> Drawn:
    html = draw(at)
    headed = (part for part in sections(html, level=at.level) if part.title)
    return Drawn(at.page, html, tuple(headed))


def _mine(request: HttpRequest) -> tuple[Reader, ...]:
    """What the person who asks is."""
    identity = frame(request).identity
    held = identity.roles if identity else ()
    return tuple(reader for reader in Reader if reader in held)


def _by_reader(first: Iterable[Reader]) -> list[tuple[Reader, list[tuple[ManualPage, Want]]]]:
    """For each reader what they may want to do; one's own roles come first."""
    order = [*first, *(reader for reader in Reader if reader not in tuple(first))]
    wants = [(page, want) for page in pages() for want in page.wants]
    found = ((reader, [pair for pair in wants if pair[1].reader == reader]) for reader in order)
    return [(reader, its) for reader, its in found if its]


def _by_part() -> list[tuple[Part, list[ManualPage]]]:
    return [(part, list(group)) for part, group in groupby(pages(), key=lambda page: page.part)]
