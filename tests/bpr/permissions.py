"""Who may open the pages of bpr: staff read, the section in charge and the office write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kaikaku.org.roles import Role
from tests.bpr import books, register
from tests.cast import Cast
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK, Role.EMPLOYEE, Role.IT)
# 税務課 (佐藤) and 総務部 above it (鈴木) are in charge; the office works for all
IN_CHARGE = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF)


def _project(cast: Cast) -> Mapping[str, Any]:
    return {"pk": register.started(cast).pk}


def _measurement(cast: Cast) -> Mapping[str, Any]:
    return {"pk": register.measured(cast, register.in_use(cast), verified=False, occasion="again").pk}


def _intake(cast: Cast) -> Mapping[str, Any]:
    register.started(cast)
    return {"pk": books.received(cast.takahashi, {("案件", 2, "名称"): "新しい名称"}).pk}


ROWS = {
    "bpr:index": Row(STAFF),
    "bpr:summary": Row(STAFF),
    "bpr:policy": Row(OFFICE),
    "bpr:register": Row(IN_CHARGE),
    "bpr:workbook": Row(STAFF),
    "bpr:upload": Row(IN_CHARGE),
    "bpr:intake": Row(OFFICE, _intake),
    "bpr:take": Row(OFFICE, _intake, post={}),
    "bpr:drop": Row(OFFICE, _intake, post={}),
    "bpr:project": Row(STAFF, _project),
    "bpr:revise": Row(IN_CHARGE, _project),
    "bpr:steps": Row(IN_CHARGE, _project),
    "bpr:stage": Row(IN_CHARGE, _project),
    "bpr:begin": Row(IN_CHARGE, _project),
    "bpr:retire": Row(IN_CHARGE, _project),
    "bpr:measure": Row(IN_CHARGE, _project),
    "bpr:verify": Row(IN_CHARGE, _measurement, post={}),
    "bpr:withdraw": Row(IN_CHARGE, _measurement),
}
