"""The pages of the manual on rounds and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaikaku.core.checks import CHECKS, Level
from kaikaku.core.eras import show_date
from kaikaku.reporting.calendar import STEP_LABELS, Dates, template
from kaikaku.ui.manual import ManualPage, Part, Reader, Want

YEAR = 2025
WHO = {"submit": "担当", "confirm": "所属長", "bundle": "部局の主管課", "accept": "事務局"}


def checks() -> Mapping[str, Any]:
    """Every check as the sheet words it, by what it does."""
    rows: dict[Level, list[tuple[str, str, str]]] = {level: [] for level in Level}
    for check in CHECKS:
        rows[check.level].append((check.name, check.about, check.example))
    return {"blocks": rows[Level.BLOCK], "asks": rows[Level.REASON], "notes": rows[Level.NOTE]}


def dates() -> Mapping[str, Any]:
    """The days that a round of the year would be given."""
    days: Dates = template("annual", YEAR, today=date(YEAR + 1, 4, 15))
    rows = [(STEP_LABELS[step], WHO[step], show_date(getattr(days, step))) for step in STEP_LABELS]
    return {"dates": rows}


PAGES = (
    ManualPage(
        slug="sheet",
        title="調書を書く",
        part=Part.REPORTS,
        order=10,
        template="reporting/manual/sheet.html",
        summary="照会が届いてから、調書を提出するまでを説明します。",
        wants=(
            Want(Reader.CLERK, "調書を書いて提出する"),
            Want(Reader.CLERK, "注意への理由を書く", "warnings"),
            Want(Reader.CLERK, "「該当なし」と回答する", "none"),
            Want(Reader.CLERK, "差し戻された調書を直す", "returned"),
        ),
        helps={
            "reporting:index": "open",
            "reporting:sheet": "read",
            "reporting:fill": "fill",
            "reporting:submit": "submit",
            "reporting:answer_none": "none",
            "reporting:print_sheet": "print",
            "reporting": "read",
        },
    ),
    ManualPage(
        slug="excel",
        title="Excelで調書を書く",
        part=Part.REPORTS,
        order=15,
        template="reporting/manual/excel.html",
        summary="様式を受け取り、Excelで書き、取り込むまでを説明します。",
        wants=(
            Want(Reader.CLERK, "Excelで調書を書く"),
            Want(Reader.SECRETARIAT, "全所属の調書をExcelで扱う", "office"),
        ),
        helps={
            "reporting:sheet_workbook": "get",
            "reporting:sheet_upload": "back",
            "reporting:round_workbook": "office",
            "reporting:round_upload": "office",
            "reporting:round_part": "office",
        },
    ),
    ManualPage(
        slug="checks",
        title="点検の一覧",
        part=Part.REPORTS,
        order=20,
        template="reporting/manual/checks.html",
        summary="調書に入れた値を自動で確かめる点検を、すべて挙げます。",
        wants=(Want(Reader.CLERK, "点検が何を見ているかを知る"),),
        context=checks,
    ),
    ManualPage(
        slug="bound",
        title="記録から計算する指標",
        part=Part.REPORTS,
        order=30,
        template="reporting/manual/bound.html",
        summary="指標の値をアプリの記録から計算し、もとの記録まで確かめる方法を説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "指標を記録に結び付ける", "bind"),
            Want(Reader.CLERK, "記録から計算された値を確かめる", "sheet"),
            Want(Reader.SECRETARIAT, "確認した後に変わった記録を知る", "since"),
        ),
        helps={
            "reporting:bindings": "since",
            "reporting:binding": "",
            "reporting:bound_year": "records",
            "reporting:correct_bound": "correct",
            "reporting:choose_metric": "bind",
            "reporting:bind": "bind",
            "reporting:unbind": "unbind",
            "reporting:set_aside": "typed",
            "reporting:resume": "typed",
        },
    ),
    ManualPage(
        slug="approval",
        title="調書を確認する",
        part=Part.REPORTS,
        order=40,
        template="reporting/manual/approval.html",
        summary="届いた調書を確かめ、まとめて進めるか、1枚を差し戻すまでを説明します。",
        wants=(
            Want(Reader.CHIEF, "届いた調書を確認する", "open"),
            Want(Reader.CHIEF, "何枚もまとめて進める", "many"),
            Want(Reader.CHIEF, "理由を書いて差し戻す", "return"),
            Want(Reader.CHIEF, "代わりに決裁する（代決）", "deputy"),
        ),
        helps={"reporting:approvals": "open", "reporting:return_sheet": "return"},
    ),
    ManualPage(
        slug="round",
        title="照会を進める",
        part=Part.REPORTS,
        order=50,
        template="reporting/manual/round.html",
        summary="照会を始めてから、催促し、受理し、締め切るまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "照会を始める", "start"),
            Want(Reader.SECRETARIAT, "遅れている所属に催促する", "remind"),
            Want(Reader.SECRETARIAT, "調書を受理する", "accept"),
            Want(Reader.SECRETARIAT, "1つの所属だけ期限を延ばす", "extend"),
            Want(Reader.SECRETARIAT, "動かせる人のいない調書を見つける", "orphans"),
        ),
        helps={
            "reporting:start_round": "start",
            "reporting:open_round": "start",
            "reporting:round": "watch",
            "reporting:revise_round": "revise",
            "reporting:checks": "checks",
            "reporting:edition_checks": "checks",
            "reporting:chains": "chains",
            "reporting:chain": "chains",
            "reporting:orphans": "orphans",
            "reporting:reassign": "orphans",
            "reporting:close_round": "close",
            "reporting:extend": "extend",
        },
        context=dates,
    ),
)
