"""Who may open the pages of ledgers: staff what is public, sections and office what they keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kaikaku.ledgers import services
from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.ledgers import register
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = tuple(role for role in Role if role is not Role.MEMBER)
READERS = (Role.SECRETARIAT, Role.CHIEF, Role.CLERK, Role.EXECUTIVE)
WRITERS = (Role.SECRETARIAT, Role.CHIEF, Role.CLERK)

Make = Callable[[Cast], Mapping[str, Any]]


def _ledger(cast: Cast) -> Mapping[str, Any]:
    of = register.ledger(cast, "agreements")
    register.agreement(cast, of, public=True)
    return {"pk": of.pk}


def _record(cast: Cast) -> Mapping[str, Any]:
    of = register.ledger(cast, "agreements")
    row = register.agreement(cast, of, public=True, ends_on="2026-12-31")
    services.write_figures(record=row, fiscal_year=2025, values={"actions": 3}, by=cast.sato)
    return {"pk": row.pk}


def _intake(cast: Cast) -> Mapping[str, Any]:
    return {"pk": register.intake(cast).pk}


ROWS = {
    "ledgers:index": Row(STAFF, own=True),
    "ledgers:ledger": Row(STAFF, _ledger),
    "ledgers:measures": Row(STAFF, _ledger),
    "ledgers:csv": Row(STAFF, _ledger),
    "ledgers:workbook": Row(READERS, _ledger),
    "ledgers:new_record": Row(WRITERS, _ledger),
    "ledgers:upload": Row(WRITERS, _ledger),
    "ledgers:record": Row(STAFF, _record),
    "ledgers:revise_record": Row(WRITERS, _record),
    "ledgers:figures": Row(WRITERS, _record),
    "ledgers:withdraw_record": Row(WRITERS, _record),
    "ledgers:restore_record": Row(OFFICE, _record, post={}),
    "ledgers:intake": Row(OFFICE, _intake),
    "ledgers:take": Row(OFFICE, _intake, post={}),
    "ledgers:drop": Row(OFFICE, _intake, post={}),
    "ledgers:choose": Row(OFFICE, own=True),
    "ledgers:new_kind": Row(OFFICE, own=True),
    "ledgers:kind_from_file": Row(OFFICE, own=True),
    "ledgers:use_kind": Row(OFFICE, lambda cast: {"code": "drills"}, post={}, own=True),
    "ledgers:edit_kind": Row(OFFICE, _ledger),
    "ledgers:replace_kind": Row(OFFICE, _ledger),
    "ledgers:kind_file": Row(OFFICE, _ledger),
    "ledgers:cover": Row(OFFICE, _ledger),
    "ledgers:retire": Row(OFFICE, _ledger, post={}),
    "ledgers:resume": Row(OFFICE, _ledger, post={}),
}
