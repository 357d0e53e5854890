"""What reporting counts of itself: whether sheets come in time, how many are taken, how many go back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.workflow import Action
from kaikaku.org.queries import today
from kaikaku.reporting import words
from kaikaku.reporting.measuring import (
    Choices,
    Measure,
    Measured,
    Metric,
    Option,
    Parts,
    RecordRef,
    Records,
    uncounted,
)
from kaikaku.reporting.queries import counted
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.org.models import Organisation, User
    from kaikaku.reporting.models import Move, Sheet


def _kinds(organisation: Organisation) -> Choices:
    return list(words.KINDS.items())


KIND = Option("kind", "照会の種類", _kinds)


def _on_time(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    sheets = counted.sheets_due(organisation, fiscal_year, kind=options.get("kind", ""))
    part, whole = counted.on_time(sheets)
    return Measured.share(
        part,
        whole,
        records=Records.of_query(sheets, _punctual, light=_punctual_parts, count=whole),
        words="期限までに提出された調書 ÷ 提出期限が来た調書",
        nothing=f"{show_fiscal_year(fiscal_year)}に提出期限が来た調書がありません。",
    )


def _punctual(sheet: Sheet) -> RecordRef:
    due, sent = sheet.due, sheet.sent  # type: ignore[attr-defined]
    came = f"提出：{show_date(sent)}" if sent else "未提出"
    return _sheet(sheet, Decimal(int(sent is not None and sent <= due)), f"期限：{show_date(due)}　{came}")


def _punctual_parts(sheets: QuerySet[Any]) -> Parts:
    rows = sheets.values_list("pk", "due", "sent")
    return ((f"sheet:{pk}", Decimal(int(sent is not None and sent <= due))) for pk, due, sent in rows)


def _steps(action: Action, *, step: str) -> Measure:
    """Counts the steps of one sort; each is a record of its own."""

    def measure(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
        since = counted.first_step_year(organisation)
        if none := uncounted(fiscal_year, "件", on=today(), since=since, what="調書の手続"):
            return none
        moves = counted.steps_taken(organisation, fiscal_year, action, kind=options.get("kind", ""))
        records = Records.of_query(moves, _step, light=_step_parts)
        return Measured(Decimal(records.count), "件", records, f"その年度に{step}手続の数")

    return measure


def _step(move: Move) -> RecordRef:
    made = _sheet(move.sheet, Decimal(1), move.reason)
    return replace(
        made, key=f"{made.key}:{move.pk}", label=f"{made.label}　{show_date(localtime(move.at).date())}"
    )


def _step_parts(moves: QuerySet[Move]) -> Parts:
    return ((f"sheet:{sheet}:{pk}", Decimal(1)) for sheet, pk in moves.values_list("sheet", "pk"))


def _sheet(sheet: Sheet, contribution: Decimal, note: str) -> RecordRef:
    address = address_of("reporting:sheet").format(sheet.pk)
    return RecordRef(f"sheet:{sheet.pk}", str(sheet), address, contribution, note)


def _readable(user: User, keys: Collection[str]) -> Collection[str]:
    """The records of sheets that the person may open: a section's own, or all for the office."""
    sheets = {key: int(key.split(":")[1]) for key in keys}
    seen = counted.sheets_seen(user, set(sheets.values()))
    return {key for key, sheet in sheets.items() if sheet in seen}


METRICS = (
    Metric(
        code="reporting.on_time_share",
        name="調書の期限内提出率",
        definition="提出期限（延長を認めたものは延長後の期限）がその年度にある調書のうち、期限までに提出されたものの割合です。"
        "該当なしの回答も提出に数えます。差し戻されて出し直したものは、最初の提出日で数えます。",
        unit="%",
        accumulation=Accumulation.FLOW,
        measure=_on_time,
        visible=_readable,
        options=(KIND,),
        decimals=1,
    ),
    Metric(
        code="reporting.accepted",
        name="調書の受理件数",
        definition="その年度に事務局が受理した調書の数です。差し戻した後にもう一度受理したものは、2件に数えます。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_steps(Action.ACCEPT, step="受理した"),
        visible=_readable,
        options=(KIND,),
    ),
    Metric(
        code="reporting.returned",
        name="調書の差戻し件数",
        definition="その年度に、所属長・部局・事務局が調書を差し戻した回数です。取り消した差戻しは数えません。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_steps(Action.RETURN, step="差し戻した"),
        visible=_readable,
        options=(KIND,),
    ),
)
