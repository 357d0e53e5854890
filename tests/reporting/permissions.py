"""Who may open the pages of reporting: a section's own people, the approvers, the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.reporting.conftest import make_edition, make_round
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
READERS = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF, Role.EXECUTIVE)
APPROVERS = (Role.CHIEF, Role.SECRETARIAT)
BOARD = (Role.SECRETARIAT, Role.EXECUTIVE)


def _opening(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_edition(cast).pk, "kind": "annual", "year": 2023}


def _edition(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_edition(cast).pk}


def _round(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_round(cast, make_edition(cast)).pk}


def _sheet(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_round(cast, make_edition(cast)).sheets.get().pk}


ROWS = {
    "reporting:index": Row(READERS),
    "reporting:start_round": Row(OFFICE),
    "reporting:open_round": Row(OFFICE, _opening),
    "reporting:round": Row(BOARD, _round),
    "reporting:revise_round": Row(OFFICE, _round),
    "reporting:checks": Row(OFFICE, _round),
    "reporting:edition_checks": Row(OFFICE, _edition),
    "reporting:remind": Row(OFFICE, _round, post={}),
    "reporting:close_round": Row(OFFICE, _round),
    "reporting:approvals": Row(APPROVERS),
    "reporting:approve": Row(APPROVERS, post={}),
    "reporting:sheet": Row(READERS, _sheet),
    "reporting:print_sheet": Row(READERS, _sheet),
    "reporting:pdf": Row(READERS, _sheet),
    "reporting:word": Row(READERS, _sheet),
    "reporting:fill": Row((Role.CLERK,), _sheet),
    "reporting:submit": Row((Role.CLERK,), _sheet),
    "reporting:answer_none": Row((Role.CLERK,), _sheet),
    "reporting:comment": Row(READERS, _sheet, post={"text": "確認しました"}),
    "reporting:evidence": Row((Role.CLERK,), _sheet, post={}),
    "reporting:return_sheet": Row(APPROVERS, _sheet),
    "reporting:undo": Row((Role.CLERK, *APPROVERS), _sheet, post={}),
    "reporting:mark_read": Row(READERS, _sheet, post={}),
    "reporting:extend": Row(OFFICE, _sheet),
}
