"""Two people on one sheet: both texts side by side, and the person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaikaku.core.lineage import word_diff
from kaikaku.org.access import user_of
from kaikaku.reporting import forms, queries
from kaikaku.reporting.views.common import sheet_crumbs
from kaikaku.ui import once

if TYPE_CHECKING:
    from kaikaku.reporting.entries import StaleSheet
    from kaikaku.reporting.models import Sheet


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that the two say differently; `theirs` and `mine` are what the form would send."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_shown: str
    mine_shown: str
    words: list[tuple[str, str]]


def conflict_page(
    request: HttpRequest, sheet: Sheet, *, form: forms.SheetForm, found: StaleSheet
) -> HttpResponse:
    """Show what was saved meanwhile beside what was typed here; the answer is sent as an ordinary save."""
    user = user_of(request)
    fresh = queries.sheet_page(user, queries.sheet_for(user, sheet.pk))
    choices, same = _compared(form, forms.SheetForm.initial_of(fresh))
    context = {
        "title": "ほかの人の変更と重なりました",
        "sheet": fresh.sheet,
        "found": found,
        "choices": choices,
        "same": same,
        "version": fresh.sheet.version,
        "token": once.new_token(),
        "breadcrumbs": [*sheet_crumbs(request, sheet), ("変更の重なり", "")],
    }
    return render(request, "reporting/conflict.html", context, status=409)


def _compared(
    form: forms.SheetForm, saved: Mapping[str, object]
) -> tuple[list[Choice], list[tuple[str, str]]]:
    """The fields in which the two differ, and those in which they agree (empty ones need not be sent)."""
    choices, same = [], []
    for name, field in form.fields.items():
        theirs, mine = _plain(saved.get(name, "")), _plain(form.cleaned_data.get(name, ""))
        if name == "version" or theirs == mine == "":
            continue
        if theirs == mine:
            same.append((name, mine))
        else:
            choices.append(_choice(form, name, field, theirs=theirs, mine=mine))
    return choices, same


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value or "").replace("\r\n", "\n").strip()


def _choice(form: forms.SheetForm, name: str, field: django_forms.Field, *, theirs: str, mine: str) -> Choice:
    shown = {"on": "公表しない", **dict(getattr(field, "choices", ()))}
    left, right = (str(shown.get(side, side)) or "（空欄）" for side in (theirs, mine))
    return Choice(name, _label(form, name, field), theirs, mine, left, right, word_diff(left, right))


def _label(form: forms.SheetForm, name: str, field: django_forms.Field) -> str:
    """The field's label, and of which indicator."""
    parts = name.split("-")
    if parts[0] in ("figure", "why"):
        line = next(line for line in form.shown.lines if str(line.row.pk) == parts[1])
        return f"{line.facts.name}：{field.label}"
    text = next(text for text in form.shown.texts if text.field == name.partition("-")[2])
    label = form.shown.name_of(text)
    return label if parts[0] == "text" else f"{label}：公表"
