"""An edition: its tree with grades, and what is done to the edition as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import changed
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.views.common import edition_crumbs, edition_url, is_draft, keep_in_view, may_write, writing
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

# a page of more indicators is longer than anyone reads, and takes long to come: their sections lead to them
MOST_ROWS = 600
# so many names of a list by grade are shown on the page
MOST_NAMED = 30


def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: the whole edition on one page, graded; narrowed, printed, and the way into each part.

    「遅れている指標はどれか」「自分の課の分だけ見たい」「この表を会議に配りたい」
    """
    user = user_of(request)
    shown = queries.edition_for(user, pk)
    keep_in_view(request, shown)
    wanted = _wanted(request)
    rows = queries.rows_kept(shown, year=wanted.year)
    nodes, loose = queries.tree(user, rows, wanted), queries.loose_indicators(rows, wanted)
    found = len(loose) + sum(len(inner.indicators) for node in nodes for inner in node.walk())
    is_print = "print" in request.GET
    context = {
        "edition": shown,
        "rows": rows,
        "wanted": wanted,
        "nodes": nodes,
        "loose": [rows.line(result.indicator.key) for result in (loose if is_print else loose[:MOST_ROWS])],
        "found": found,
        "most_rows": MOST_ROWS,
        "each": is_print or found <= MOST_ROWS,
        "most_named": None if is_print else MOST_NAMED,
        "pillar_urls": {node.facts.code: f"#{node.facts.code}" for node in nodes},
        "lists": queries.lists_of(rows) if not wanted.is_on else (),
        "footnotes": queries.footnotes_of(shown.pk),
        "owners": queries.owners(rows),
        "has_others": bool(queries.editions_beside(shown)),
        "next_edition": queries.next_edition_of(shown),
        "may_write": may_write(request, shown),
        "is_office": may_write(request),
        "item_text": queries.item_text,
        "waiting": queries.waiting_in(user, shown) if is_draft(shown) and may_write(request, shown) else (),
        "overall_by_code": queries.overall_by_code(rows),
        "print": is_print,
        "scheme_notes": queries.notes_of(rows),
        "base": reverse("plans:index"),
        "breadcrumbs": edition_crumbs(shown),
    }
    return render(request, "plans/edition.html", context)


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: who changed the edition as a whole, when and why.

    「だれが確定を解除したのか」「いつ評価の決まりが変わったのか」「何件取り込まれたのか」
    """
    user = user_of(request)
    shown = queries.edition_for(user, pk)
    keep_in_view(request, shown)
    context = {
        "edition": shown,
        "history": queries.history_for(user, shown, most=200),
        "sentence": sentence,
        "changed": changed,
        "breadcrumbs": [*edition_crumbs(shown), ("操作の記録", "")],
    }
    return render(request, "plans/history.html", context)


def _wanted(request: HttpRequest) -> queries.Filter:
    """The filter as the address says it; what makes no sense is passed over."""
    asked = request.GET
    owner, year = asked.get("owner", ""), asked.get("year", "")
    return queries.Filter(
        words=asked.get("q", "").strip()[:100],
        grade=asked.get("grade", "")[:20],
        owner=int(owner) if owner.isdecimal() and len(owner) < 12 else None,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
    )


@writing(queries.edition_for)
def revise_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Title, years and summary."""
    user = user_of(request)
    initial = {
        "title": edition.title,
        "fiscal_year": edition.fiscal_year,
        "period_from": edition.period_from,
        "period_to": edition.period_to,
        "summary": edition.summary,
    }
    return change_page(
        request,
        forms.EditionForm,
        title="版を変更する",
        crumbs=edition_crumbs(edition),
        initial=initial,
        save=lambda form: services.revise_edition(edition=edition, fields=form.entry(), by=user),
        back=edition_url(edition),
        message="版を変更しました。",
    )


@require_POST
@writing(queries.edition_for)
def change_state(request: HttpRequest, edition: Edition) -> HttpResponse:
    """作成中 → 実施中 → 終了, and back."""
    return _at_once(
        request,
        edition,
        lambda: services.change_state(
            edition=edition, state=request.POST.get("state", ""), by=user_of(request)
        ),
        "版の状態を変更しました。",
    )


@require_POST
@writing(queries.edition_for)
def lock_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Close the edition to changes."""
    return _at_once(
        request,
        edition,
        lambda: services.lock_edition(edition=edition, by=user_of(request)),
        "版を確定しました。解除するまで、だれも変更できません。",
    )


@writing(queries.edition_for)
def unlock_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Open it again, with a reason."""
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="版の確定を解除する",
        lead="解除すると、事務局が値や見出しを変更できるようになります。公表済みの値を変えるときは、正誤表も作成してください。",
        submit="確定を解除する",
        crumbs=edition_crumbs(edition),
        save=lambda form: services.unlock_edition(
            edition=edition, reason=form.cleaned_data["reason"], by=user
        ),
        back=edition_url(edition),
        message="版の確定を解除しました。",
    )


def _at_once(request: HttpRequest, edition: Edition, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it and say so; a broken rule is told on the edition's page."""
    try:
        act()
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(edition_url(edition))
