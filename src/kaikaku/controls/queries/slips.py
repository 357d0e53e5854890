"""Slips that the checks at the door of reporting keep catching (予防的ガバナンス)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from kaikaku.controls import rules
from kaikaku.controls.models import Risk
from kaikaku.core.checks import BY_ID, Level, finding_from_json
from kaikaku.org.queries import organisation_of
from kaikaku.reporting.models import SheetFigure

if TYPE_CHECKING:
    from kaikaku.org.models import User

SECTIONS, TIMES = 3, 5
"""From so many sections, or so many times a year, a slip is worth a control of its own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A check that keeps catching the same slip; `risk` is the line of the register it became, if any."""

    check: str
    name: str
    about: str
    times: int
    sections: int
    risk_code: str
    risk_url: str


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """One value that was caught: the sheet it stands in, the indicator, what was said."""

    sheet: int
    department: str
    indicator: str
    said: str
    url: str


def offers(user: User, fiscal_year: int) -> list[Offer]:
    """The recurring slips of a year's sheets, the most frequent first; two queries."""
    slips = (
        rules.Slip(check, figure.sheet.department_id, figure.sheet_id)
        for figure, check, _ in _caught(user, fiscal_year)
    )
    taken = {
        risk.slip: risk
        for risk in Risk.objects.filter(organisation=organisation_of(user), retired_on__isnull=True).exclude(
            slip=""
        )
    }
    found = []
    for one in rules.recurring(slips, sections=SECTIONS, times=TIMES):
        check, risk = BY_ID[one.check], taken.get(one.check)
        found.append(
            Offer(
                check=one.check,
                name=check.name,
                about=check.about,
                times=one.times,
                sections=len(one.departments),
                risk_code=risk.code if risk else "",
                risk_url=reverse("controls:risk", args=[risk.pk]) if risk else "",
            )
        )
    return found


def sheets_of(user: User, fiscal_year: int, check: str) -> list[SlipSheet]:
    """Where one check has caught something in a year."""
    return [
        SlipSheet(
            sheet=figure.sheet_id,
            department=figure.sheet.department.name,
            indicator=figure.indicator.name,
            said=said,
            url=reverse("reporting:sheet", args=[figure.sheet_id]),
        )
        for figure, found, said in _caught(user, fiscal_year)
        if found == check
    ]


def _caught(user: User, fiscal_year: int) -> Iterator[tuple[SheetFigure, str, str]]:
    """Each finding that blocked or asked for a reason; notes on how a number was read are none."""
    for figure in _figures(user, fiscal_year):
        for found in map(finding_from_json, figure.findings):
            if found.level is not Level.NOTE and found.check in BY_ID:
                yield figure, found.check, found.message


def _figures(user: User, fiscal_year: int) -> QuerySet[SheetFigure]:
    rows = SheetFigure.objects.filter(
        sheet__round__edition__plan__organisation=organisation_of(user), sheet__round__fiscal_year=fiscal_year
    ).exclude(findings=[])
    return rows.select_related("sheet__department", "indicator").order_by("sheet", "pk")
