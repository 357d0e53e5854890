"""Who may open the pages of reporting: a section's own people, the approvers, the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kaikaku.org.roles import Role
from kaikaku.reporting import services
from kaikaku.reporting.models import UploadPart
from tests.cast import Cast
from tests.reporting.bound import Office, bound_office, never_sent_back, send_back
from tests.reporting.conftest import YEAR, make_edition, make_round
from tests.reporting.workbooks import bring_in, made
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


def _upload(cast: Cast) -> Mapping[str, Any]:
    round_ = make_round(cast, make_edition(cast))
    data = made(round_, cast.takahashi)
    upload = services.receive(round_=round_, name="全所属.xlsx", data=data, by=cast.takahashi)
    return {"pk": round_.pk, "upload": upload.pk}


def _part(cast: Cast) -> Mapping[str, Any]:
    found = _upload(cast)
    return {**found, "sheet": UploadPart.objects.get(upload=found["upload"]).sheet_id}


def _own_upload(cast: Cast) -> Mapping[str, Any]:
    sheet = make_round(cast, make_edition(cast)).sheets.get()
    upload = bring_in(sheet, made(sheet.round, cast.sato), cast.sato)
    return {"pk": sheet.pk, "upload": upload.pk}


def _indicator(cast: Cast) -> Mapping[str, Any]:
    return {"pk": Office(cast).indicator.pk}


def _metric(cast: Cast) -> Mapping[str, Any]:
    return {**_indicator(cast), "code": "reporting.returned"}


def _bound(cast: Cast) -> Mapping[str, Any]:
    return {"pk": bound_office(cast).indicator.pk}


def _bound_year(cast: Cast) -> Mapping[str, Any]:
    """A year that was accepted, and whose records have changed since."""
    office = bound_office(cast)
    office.accepted()
    never_sent_back(office.moves[0])
    send_back(office.earlier, cast.suzuki)
    send_back(office.earlier, cast.suzuki)
    return {"pk": office.indicator.pk, "year": YEAR}


def _bound_row(cast: Cast) -> Mapping[str, Any]:
    office = bound_office(cast)
    sheet = office.open()
    return {"pk": sheet.pk, "row": office.row(sheet).pk}


def _typed_row(cast: Cast) -> Mapping[str, Any]:
    office = bound_office(cast)
    sheet = office.open()
    row = office.row(sheet)
    services.set_aside(sheet=sheet, row=row, reason="記録が一部しかないため", by=cast.sato)
    return {"pk": sheet.pk, "row": row.pk}


ROWS = {
    "reporting:index": Row(READERS),
    "reporting:start_round": Row(OFFICE),
    "reporting:open_round": Row(OFFICE, _opening),
    "reporting:round": Row(BOARD, _round),
    "reporting:revise_round": Row(OFFICE, _round),
    "reporting:checks": Row(OFFICE, _round),
    "reporting:edition_checks": Row(OFFICE, _edition),
    "reporting:orphans": Row(OFFICE),
    "reporting:reassign": Row(OFFICE, _sheet),
    "reporting:chains": Row(OFFICE),
    "reporting:chain": Row(OFFICE, lambda cast: {"pk": cast.somu.pk}),
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
    "reporting:recompute": Row((Role.CLERK, *APPROVERS), _sheet, post={}),
    "reporting:set_aside": Row((Role.CLERK, Role.SECRETARIAT), _bound_row),
    "reporting:resume": Row((Role.CLERK, Role.SECRETARIAT), _typed_row),
    "reporting:bindings": Row(BOARD),
    "reporting:binding": Row(READERS, _bound),
    "reporting:bound_year": Row(READERS, _bound_year),
    "reporting:correct_bound": Row(OFFICE, _bound_year),
    "reporting:choose_metric": Row(OFFICE, _indicator),
    "reporting:bind": Row(OFFICE, _metric),
    "reporting:unbind": Row(OFFICE, _bound),
    "reporting:sheet_workbook": Row((Role.CLERK,), _sheet),
    "reporting:sheet_workbook_file": Row(READERS, _sheet),
    "reporting:sheet_upload": Row((Role.CLERK,), _own_upload),
    "reporting:round_workbook": Row(OFFICE, _round),
    "reporting:round_workbook_file": Row(OFFICE, _round),
    "reporting:round_upload": Row(OFFICE, _upload),
    "reporting:round_part": Row(OFFICE, _part),
}
