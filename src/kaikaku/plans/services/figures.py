"""Figures: values of every role, each as printed and as understood; and results published only as a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.plans.entries import FigureFields, PastResultFields
from kaikaku.plans.figures import Known, figure_values
from kaikaku.plans.models import Edition, Figure, Indicator, PastResult, RatingScheme
from kaikaku.plans.services.guard import change, open_edition, plain, require_words
from kaikaku.plans.services.indicators import fresh_indicator
from kaikaku.plans.services.settling import settle

if TYPE_CHECKING:
    from kaikaku.org.models import User

LOGGED = (
    "role",
    "fiscal_year",
    "text",
    "value",
    "unit",
    "status",
    "reason",
    "reason_note",
    "cumulative_from",
    "provenance",
)


@transaction.atomic
def set_figure(*, indicator: Indicator, fields: FigureFields, by: User | None) -> Figure:
    """Enter a value, or settle a projected or preliminary one. The text is kept; a value understood is kept
    beside it.

    A confirmed value is not overwritten: see `correct_figure`. Entering what already stands changes nothing.
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    values = figure_values(known(indicator), fields)
    _settle_accumulation(indicator, values, by)
    current = _current(indicator, values["role"], values["fiscal_year"])
    if current is None:
        figure = _write(indicator, values, supersedes=None, change_reason="")
        _log("plans.figure.set", indicator, old=None, new=figure, by=by, note="")
        settle(indicator, by)
        return figure
    if _same(current, values):
        return current
    if current.status in ("confirmed", "revised") and current.value is not None:
        raise RuleViolation(
            "figure_confirmed",
            f"この年度の値は「{current.text}」で確定しています。変更するときは「訂正する」から理由を付けて入力してください。",
            field="text",
            figure=current.pk,
        )
    figure = _write(indicator, values, supersedes=current, change_reason="")
    _log("plans.figure.settled", indicator, old=current, new=figure, by=by, note="")
    settle(indicator, by)
    return figure


@transaction.atomic
def correct_figure(*, figure: Figure, fields: FigureFields, reason: str, by: User | None) -> Figure:
    """Correct a value that stands; the old row stays as history, and a confirmed value becomes a revised
    one.
    """
    edition = open_edition(figure.indicator.edition, by)
    indicator = fresh_indicator(figure.indicator, edition)
    figure = Figure.objects.get(pk=figure.pk, indicator=indicator)
    if not figure.is_current:
        raise RuleViolation(
            "figure_superseded", "この値は既に訂正されています。最新の値を開いて訂正してください。"
        )
    said = require_words(reason, field="reason", thing="訂正の理由")
    values = figure_values(known(indicator), fields)
    other = _current(indicator, values["role"], values["fiscal_year"])
    if other is not None and other.pk != figure.pk:
        raise RuleViolation(
            "figure_year_taken",
            "その年度には別の値が入力されています。年度を確かめてください。",
            field="fiscal_year",
        )
    if _same(figure, values):
        return figure
    if figure.status in ("confirmed", "revised") and values["status"] == "confirmed":
        other_value = (figure.value, figure.upper) != (values["value"], values["upper"])
        values["status"] = "revised" if other_value else figure.status
    corrected = _write(indicator, values, supersedes=figure, change_reason=said)
    _log("plans.figure.corrected", indicator, old=figure, new=corrected, by=by, note=said)
    settle(indicator, by)
    return corrected


@transaction.atomic
def record_past_results(
    *,
    edition: Edition,
    fiscal_year: int,
    scheme: RatingScheme,
    lines: list[PastResultFields],
    by: User | None,
) -> list[PastResult]:
    """Keep a published summary table that has no single figures behind it, in place of that year's earlier
    one.

    Raises RuleViolation where the table does not agree with itself: a line's counts must make its total, and
    the lines together the line of all.
    """
    edition = open_edition(edition, by)
    _must_add_up(lines)
    earlier = list(PastResult.objects.filter(edition=edition, fiscal_year=fiscal_year))
    PastResult.objects.filter(pk__in=[row.pk for row in earlier]).delete()
    rows = PastResult.objects.bulk_create(
        PastResult(
            edition=edition,
            scheme=scheme,
            fiscal_year=fiscal_year,
            position=position,
            number=line.number,
            label=line.label,
            is_total=line.is_total,
            total=line.total,
            counts=line.counts,
            printed_shares=line.printed_shares,
            lists=[asdict(printed) for printed in line.lists],
            citation=line.citation,
        )
        for position, line in enumerate(lines)
    )
    record(
        "plans.past_results.recorded",
        on=edition,
        by=by,
        organisation=edition.plan.organisation,
        old={"fiscal_year": fiscal_year, "lines": [_line(row) for row in earlier]} if earlier else None,
        new={"fiscal_year": fiscal_year, "scheme": plain(scheme), "lines": [_line(row) for row in rows]},
    )
    return rows


def known(indicator: Indicator) -> Known:
    """What the reading of a new value has to know of its indicator."""
    windows = indicator.figures.filter(is_current=True, cumulative_from__isnull=False)
    return Known(
        name=indicator.name,
        unit=indicator.unit,
        accumulation=indicator.accumulation,
        window=windows.values_list("cumulative_from", flat=True).first(),
    )


def _settle_accumulation(indicator: Indicator, values: dict[str, Any], by: User | None) -> None:
    """A first value with a printed window settles that the indicator accumulates; later it would mix two
    counts.
    """
    if indicator.accumulation or values["cumulative_from"] is None or values["role"] == "baseline":
        return
    if indicator.figures.filter(role="actual", is_current=True, cumulative_from__isnull=True).exists():
        raise RuleViolation(
            "accumulation_undecided",
            f"「{indicator}」には累計でない実績値が入力されています。"
            "累計の値を入力するときは、先に指標の「数え方」を決めてください。",
            field="cumulative_from",
        )
    change(indicator, {"accumulation": "cumulative"}, action="plans.indicator.revised", by=by)


def _current(indicator: Indicator, role: str, fiscal_year: int | None) -> Figure | None:
    return Figure.objects.filter(
        indicator=indicator, role=role, fiscal_year=fiscal_year, is_current=True
    ).first()


def _same(figure: Figure, values: dict[str, Any]) -> bool:
    """Whether the values say what stands; one that is typed does not say what it was computed from."""
    names = [name for name in LOGGED if name != "provenance" or values["provenance"]]
    return all(getattr(figure, name) == values[name] for name in names)


def _write(
    indicator: Indicator, values: dict[str, Any], *, supersedes: Figure | None, change_reason: str
) -> Figure:
    if supersedes is not None:
        Figure.objects.filter(pk=supersedes.pk).update(is_current=False)
    return Figure.objects.create(
        indicator=indicator, supersedes=supersedes, change_reason=change_reason, **values
    )


def _log(
    action: str, indicator: Indicator, *, old: Figure | None, new: Figure, by: User | None, note: str
) -> None:
    record(
        action,
        on=new,
        by=by,
        organisation=indicator.edition.plan.organisation,
        old=None if old is None else {name: plain(getattr(old, name)) for name in LOGGED},
        new={name: plain(getattr(new, name)) for name in LOGGED},
        note=note,
    )


def _line(row: PastResult) -> dict[str, Any]:
    return {"number": row.number, "label": row.label, "total": row.total, "counts": row.counts}


def _must_add_up(lines: list[PastResultFields]) -> None:
    for line in lines:
        if sum(line.counts.values()) != line.total:
            raise RuleViolation(
                "counts_do_not_add_up",
                f"「{line.label}」の内訳の合計は{sum(line.counts.values())}ですが、指標数は{line.total}です。"
                "数を確かめてください。",
                field="counts",
            )
    parts = [line for line in lines if not line.is_total]
    for whole in (line for line in lines if line.is_total and parts):
        for code, count in whole.counts.items():
            found = sum(line.counts.get(code, 0) for line in parts)
            if found != count:
                raise RuleViolation(
                    "total_differs",
                    f"「{whole.label}」の{code}は{count}ですが、内訳の合計は{found}です。数を確かめてください。",
                    field="counts",
                )
