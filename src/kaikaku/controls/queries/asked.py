"""Which controls a year asks about, and what was said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kaikaku.controls.models import Control, ControlYear, SelfCheck
from kaikaku.core.eras import days_of_fiscal_year


def asked_in(year: ControlYear) -> QuerySet[Control]:
    """The controls in use in the year: there by its last day, and not given up before it."""
    last = days_of_fiscal_year(year.fiscal_year)[1]
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=last)
    looked_after = Q(risk__retired_on__isnull=True) | Q(risk__retired_on__gt=last)
    return Control.objects.filter(
        in_use,
        looked_after,
        risk__organisation=year.organisation_id,
        risk__added_on__lte=last,
        added_on__lte=last,
    )


def controls_asked(year: ControlYear, *, department: int | None = None) -> list[Control]:
    """Those, with their risks; of one section if it is given."""
    found = asked_in(year)
    if department is not None:
        found = found.filter(risk__department=department)
    return list(found.select_related("risk__department", "risk__organisation"))


def names_of(controls: Iterable[Control]) -> dict[int, str]:
    """What the register calls each control, by its key: its risk's number and its place there (R-010-2)."""
    codes = {control.risk_id: control.risk.code for control in controls}
    rows = Control.objects.filter(risk__in=codes).order_by("pk").values_list("risk", "pk")
    places: Counter[int] = Counter()
    found = {}
    for risk, key in rows:
        places[risk] += 1
        found[key] = f"{codes[risk]}-{places[risk]}"
    return found


def self_checks_of(year: ControlYear, department: int) -> dict[int, SelfCheck]:
    """A section's answers so far, by control."""
    rows = SelfCheck.objects.filter(year=year, department=department).select_related("by")
    return {row.control_id: row for row in rows}
