"""Binding an indicator to a metric and letting it go; computing a sheet anew; correcting from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import Action, State, is_editable
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields
from kaikaku.reporting import computing, measuring, queries
from kaikaku.reporting.entries import BindingFields
from kaikaku.reporting.models import Binding, Frozen, SetAside, Sheet, SheetFigure
from kaikaku.reporting.services.approval import must_pass
from kaikaku.reporting.services.freezing import freeze_row, provenance_of, put_live, said_of
from kaikaku.reporting.services.guard import log, must_be_office, must_be_open, must_read, touch
from kaikaku.reporting.services.writing import SAVED, check_rows

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.plans.models import Indicator
    from kaikaku.reporting.measuring import Metric
    from kaikaku.reporting.queries import Bound

# whose sheet the office corrects from the records; before that it is returned
TAKEN = (State.ACCEPTED, State.REPORTED, State.PUBLISHED)


@transaction.atomic
def bind(*, indicator: Indicator, fields: BindingFields, by: User | None) -> Binding:
    """Let an indicator's actuals come from a metric, from a year on.

    Refused where units or accumulation differ, where an option is not one, and where it is bound already. A
    binding carried over from an earlier edition is replaced for this one and those after it.
    """
    organisation = indicator.edition.plan.organisation
    must_be_office(organisation, by)
    queries.lock_edition(indicator.edition)
    metric = measuring.metric_of(fields.metric, organisation)
    if metric is None:
        raise RuleViolation(
            "reporting.metric_unknown",
            "選んだ計算のもとは使えません。一覧から選び直してください。",
            field="metric",
        )
    known = queries.bound_of(indicator)
    if known is not None and not known.inherited:
        raise RuleViolation(
            "reporting.bound_already",
            f"この指標は「{known.binding.metric_name}」に結び付いています。変えるときは、先に解いてください。",
        )
    options = _options(metric, fields, organisation)
    _must_agree(metric, indicator, options, fields.from_year)
    made = Binding.objects.create(
        indicator=indicator,
        metric=metric.code,
        options=options,
        from_year=fields.from_year,
        note=fields.note.strip(),
        metric_name=metric.name,
        unit=metric.unit,
        app_name=_app_name(metric, organisation),
        bound_by=by,
    )
    new = {"metric": metric.code, "name": metric.name, "options": options, "from_year": fields.from_year}
    _log("reporting.binding.bound", indicator, by=by, new=new, note=made.note)
    return made


@transaction.atomic
def unbind(*, indicator: Indicator, reason: str, by: User | None) -> Binding:
    """Type the indicator's actuals again. What was frozen stays; so does the binding, as history.

    One that was carried over from an earlier edition ends for this edition and those after it only.
    """
    must_be_office(indicator.edition.plan.organisation, by)
    queries.lock_edition(indicator.edition)
    bound = _held(indicator)
    said = _reason(reason)
    binding = bound.binding
    if bound.inherited:
        names = ("metric", "options", "from_year", "note", "metric_name", "unit", "app_name", "bound_by")
        binding = Binding(indicator=indicator, **{name: getattr(binding, name) for name in names})
    binding.ended_at, binding.ended_by, binding.end_reason = timezone.now(), by, said
    binding.save()
    old = {"metric": binding.metric, "name": binding.metric_name}
    _log("reporting.binding.ended", indicator, by=by, old=old, note=said)
    return binding


@transaction.atomic
def set_aside(*, sheet: Sheet, row: SheetFigure, reason: str, by: User) -> SetAside:
    """Type a bound figure for this year all the same; the approver reads why."""
    sheet, row, bound = _editable(sheet, row, by)
    year = sheet.round.fiscal_year
    if not bound.computes(year):
        raise RuleViolation(
            "reporting.typed_already", f"{show_fiscal_year(year)}の値は、もともと手で入力します。"
        )
    said = _reason(reason)
    made = SetAside.objects.create(binding=bound.binding, fiscal_year=year, reason=said, by=by)
    touch(sheet, by=by)
    new = {"fiscal_year": year, "value": row.text or row.reason_note}
    _log("reporting.binding.set_aside", row.indicator, by=by, new=new, note=said)
    return made


@transaction.atomic
def resume(*, sheet: Sheet, row: SheetFigure, by: User) -> Sheet:
    """Compute this year's value from the records again; what was typed for it is replaced and logged."""
    sheet, row, bound = _editable(sheet, row, by)
    year = sheet.round.fiscal_year
    aside = bound.aside.get(year)
    if aside is None:
        raise RuleViolation(
            "reporting.computed_already", f"{show_fiscal_year(year)}の値は、記録から計算しています。"
        )
    aside.resumed_at = timezone.now()
    aside.save(update_fields=["resumed_at"])
    _log(
        "reporting.binding.resumed", row.indicator, by=by, old={"value": row.text}, new={"fiscal_year": year}
    )
    return _compute(sheet, by=by)


@transaction.atomic
def recompute(*, sheet: Sheet, by: User) -> Sheet:
    """Put into the sheet what the records say now, until the chief has confirmed it.

    The clerk, the chief and the office may: nobody types anything. The checks run again.
    """
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    if not (is_editable(State(sheet.state)) or sheet.state == State.SUBMITTED):
        raise RuleViolation(
            "reporting.frozen",
            "所属長が確認した値は固定されています。計算し直すときは、先に差し戻してください。",
        )
    return _compute(sheet, by=by)


@transaction.atomic
def correct_from_records(*, frozen: Frozen, reason: str, by: User | None) -> Frozen:
    """Freeze anew what the records say now, and correct the plan's figure to it, with the reason.

    For sheets that are accepted; an earlier one is returned instead. After publication the next one prints
    the change as an erratum.
    """
    row = frozen.row
    sheet = queries.lock(row.sheet)
    must_be_office(sheet.round.edition.plan.organisation, by)
    if sheet.state not in TAKEN:
        raise RuleViolation(
            "reporting.not_accepted",
            "この調書はまだ受理されていません。調書を差し戻すと、担当が今の記録で出し直せます。",
        )
    said = _reason(reason)
    kept = queries.lock_frozen(row)
    bound = queries.bound_of(row.indicator)
    if kept is None or kept.pk != frozen.pk or bound is None:
        raise RuleViolation(
            "reporting.frozen_gone",
            "固定した値は、すでに置き換えられたか、結び付けが解かれています。画面を読み込み直してください。",
        )
    return _corrected(sheet, row, kept, bound, reason=said, by=by)


def _corrected(
    sheet: Sheet, row: SheetFigure, kept: Frozen, bound: Bound, *, reason: str, by: User | None
) -> Frozen:
    organisation, year = sheet.round.edition.plan.organisation, kept.fiscal_year
    facts = queries.facts_for(row.indicator)
    live = queries.live_of(bound, facts, fiscal_year=year, organisation=organisation)
    if not live.text:
        raise RuleViolation("reporting.no_live_value", f"今の記録からは計算できません：{live.reason}")
    kept.superseded_at = timezone.now()
    kept.save(update_fields=["superseded_at"])
    made = freeze_row(row, bound, live, year=year, by=by)
    fields = FigureFields(
        role="actual",
        text=live.text,
        fiscal_year=year,
        status="confirmed",
        provenance=provenance_of([row])[row.pk],
    )
    stands = queries.standing_figures(sheet.round).get(row.indicator_id)
    if stands is None:
        plans.set_figure(indicator=row.indicator, fields=fields, by=by)
    else:
        plans.correct_figure(figure=stands, fields=fields, reason=reason, by=by)
    log("reporting.sheet.refrozen", sheet, by=by, old=said_of([kept]), new=said_of([made]), note=reason)
    return made


def _compute(sheet: Sheet, *, by: User | None) -> Sheet:
    rows = queries.rows_of(sheet)
    changed = put_live(sheet, rows)
    if not changed:
        return sheet
    check_rows(sheet, rows)
    if sheet.state == State.SUBMITTED:
        must_pass(rows)
    SheetFigure.objects.bulk_update(rows, SAVED, batch_size=500)
    touch(sheet, by=by)
    old = {row.indicator.name: row.before["text"] or row.before["reason_note"] for row in changed}  # type: ignore[attr-defined]
    new = {row.indicator.name: row.text or row.reason_note for row in changed}
    log("reporting.sheet.recomputed", sheet, by=by, old=old, new=new)
    return sheet


def _editable(sheet: Sheet, row: SheetFigure, by: User) -> tuple[Sheet, SheetFigure, Bound]:
    """The sheet held, with the row of it and its binding; for the section's clerks and the office."""
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    standing = queries.standing_of(by)
    if not (standing.is_office or "clerk" in standing.roles_for(Action.SUBMIT, sheet.department_id)):
        raise RuleViolation(
            "reporting.clerk_or_office", "手で入力するかどうかを決めるのは、この所属の担当か事務局です。"
        )
    if not is_editable(State(sheet.state)):
        raise RuleViolation(
            "reporting.not_editable",
            "提出した調書の値は変えられません。提出を取り消すか、差し戻しを依頼してください。",
        )
    bound = queries.bound_of(row.indicator)
    if row.sheet_id != sheet.pk or bound is None:
        raise RuleViolation("reporting.not_bound", "この指標は、記録に結び付いていません。")
    return sheet, row, bound


def _held(indicator: Indicator) -> Bound:
    bound = queries.bound_of(indicator)
    if bound is None:
        raise RuleViolation("reporting.not_bound", "この指標は、記録に結び付いていません。")
    return bound


def _options(metric: Metric, fields: BindingFields, organisation: Organisation) -> dict[str, str]:
    """The options as they are kept: known ones, each with a choice of its own."""
    kept = {}
    for option in metric.options:
        chosen = fields.options.get(option.key, "").strip()
        if chosen and chosen not in dict(option.choices(organisation)):
            raise RuleViolation(
                "reporting.option_unknown",
                f"「{option.label}」に選んだものは、一覧にありません。選び直してください。",
                field=f"option-{option.key}",
            )
        if option.required and not chosen:
            raise RuleViolation(
                "reporting.option_missing",
                f"「{option.label}」を選んでください。",
                field=f"option-{option.key}",
            )
        if chosen:
            kept[option.key] = chosen
    return kept


def _must_agree(metric: Metric, indicator: Indicator, options: dict[str, str], year: int) -> None:
    """Units, accumulation and the window of a running total; the last is known only when it is measured."""
    organisation = indicator.edition.plan.organisation
    measured = measuring.measure(metric, organisation=organisation, fiscal_year=year, options=options)
    wanted = queries.wanted_of(queries.facts_for(indicator))
    against = computing.disagreements(metric, wanted, cumulative_from=measured.cumulative_from)
    if against:
        raise RuleViolation("reporting.disagrees", "".join(against), field="metric")


def _app_name(metric: Metric, organisation: Organisation) -> str:
    names = {one.label: one.name for one in measuring.offered(organisation)}
    return names.get(metric.app, metric.app)


def _reason(text: str) -> str:
    if not text.strip():
        raise RuleViolation(
            "reporting.reason", "理由を入力してください。確認する人が読みます。", field="reason"
        )
    return text.strip()


def _log(action: str, indicator: Indicator, *, by: User | None, **more: Any) -> None:
    record(action, on=indicator, by=by, organisation=indicator.edition.plan.organisation, **more)
