"""Who may open the pages of controls: the register is everyone's, a section's lines its own, the year the
office's to write and theirs to read who answer for a section.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.controls import kept, slipping
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = tuple(role for role in Role if role is not Role.MEMBER)
READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK)
# 税務課 (佐藤) and 総務部 above it (鈴木) answer for what the rows are about; the office writes everywhere
WRITERS = (Role.SECRETARIAT, Role.CHIEF, Role.CLERK)


def _pk(make: Callable[[Cast], Any]) -> Callable[[Cast], Mapping[str, Any]]:
    return lambda cast: {"pk": make(cast).pk}


def _there(make: Callable[[Cast], Any]) -> Callable[[Cast], Mapping[str, Any]]:
    """Something to show on a list."""

    def made(cast: Cast) -> Mapping[str, Any]:
        make(cast)
        return {}

    return made


def _asked(cast: Cast) -> Mapping[str, Any]:
    kept.control(cast)
    return {"pk": kept.year(cast).pk, "section": cast.zeimu.pk}


def _sent(cast: Cast) -> Mapping[str, Any]:
    kept.control(cast)
    year = kept.year(cast)
    kept.answered(cast, year, kept.FINE)
    return {"pk": year.pk, "section": cast.zeimu.pk}


def _slip(cast: Cast) -> Mapping[str, Any]:
    slipping.sheets(cast)
    return {"year": slipping.YEAR, "check": slipping.CHECK}


def _busy(cast: Cast) -> Mapping[str, Any]:
    """A year with something on each part of its board."""
    year = kept.sample(cast).year
    kept.answered(cast, year, kept.NOT_DONE)
    kept.incident(cast)
    return {"pk": year.pk}


ROWS = {
    "controls:index": Row(STAFF, _there(kept.control), own=True),
    "controls:new_risk": Row(WRITERS),
    "controls:risk": Row(STAFF, lambda cast: {"pk": kept.control(cast).risk_id}),
    "controls:revise_risk": Row(WRITERS, _pk(kept.risk)),
    "controls:retire_risk": Row(WRITERS, _pk(kept.risk)),
    "controls:new_control": Row(WRITERS, _pk(kept.risk)),
    "controls:revise_control": Row(WRITERS, _pk(kept.control)),
    "controls:retire_control": Row(WRITERS, _pk(kept.control)),
    "controls:slips": Row(OFFICE, _there(slipping.sheets), own=True),
    "controls:slip": Row(OFFICE, _slip),
    "controls:adopt_slip": Row(OFFICE, _slip),
    "controls:years": Row(READERS, _there(kept.year), own=True),
    "controls:new_year": Row(OFFICE),
    "controls:year": Row(READERS, _busy),
    "controls:revise_year": Row(OFFICE, _pk(kept.year)),
    "controls:draw": Row(OFFICE, _pk(kept.year)),
    "controls:issue": Row(OFFICE, _pk(kept.year), post={}),
    "controls:opinion": Row(OFFICE, _pk(kept.year)),
    "controls:report": Row(READERS, lambda cast: {"pk": kept.year(cast).pk, "kind": "docx"}),
    "controls:self_check": Row(WRITERS, _asked),
    "controls:reopen_self_check": Row(OFFICE, _sent),
    "controls:samples": Row(READERS, lambda cast: {"pk": kept.sample(cast).year_id}),
    "controls:sample": Row(OFFICE, _pk(kept.sample)),
    "controls:new_deficiency": Row(OFFICE),
    "controls:deficiency": Row(OFFICE, _pk(kept.deficiency)),
    "controls:incidents": Row(READERS, _there(kept.incident), own=True),
    "controls:new_incident": Row(WRITERS),
    "controls:incident": Row(READERS, lambda cast: {"pk": kept.asked(cast).incident_id}),
    "controls:revise_incident": Row(WRITERS, _pk(kept.incident)),
    "controls:ask": Row(OFFICE, _pk(kept.incident)),
    "controls:answer_rollout": Row(WRITERS, _pk(kept.asked)),
}
