"""Opening, revising and closing a round; exceptions to its deadline."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import State, is_editable
from kaikaku.reporting import queries, words
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.entries import RoundFields
from kaikaku.reporting.models import Extension, Round, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.services.freezing import put_live
from kaikaku.reporting.services.guard import log, must_be_office, must_be_open, touch
from kaikaku.reporting.services.writing import SAVED, check_rows

if TYPE_CHECKING:
    from kaikaku.org.models import Department, User
    from kaikaku.plans.models import Edition

CARRIED_STATUSES = frozenset(words.STATUSES)


@transaction.atomic
def open_round(*, edition: Edition, fields: RoundFields, by: User | None, on: date | None = None) -> Round:
    """Send a round out: one sheet for every department in charge of something, with what stands already.

    Refused where a round of the kind is open for the year, and where nobody would be asked.
    """
    must_be_office(edition.plan.organisation, by)
    _must_be_in_order(fields.dates)
    if fields.kind != "one_off":
        _must_be_the_only_one(edition, fields)
    preview = queries.preview_round(edition, on=on)
    if not preview.addressees:
        raise RuleViolation(
            "reporting.nobody_asked",
            "照会の宛先がありません。版の見出しか指標に所管の所属を決めてから、もう一度開いてください。",
        )
    asked = fields.asked if fields.asked is not None else words.FIELDS[fields.kind]
    opened = Round.objects.create(
        edition=edition,
        fiscal_year=fields.fiscal_year,
        kind=fields.kind,
        title=fields.title.strip(),
        message=fields.message.strip(),
        fields=[asdict(one) for one in asked],
        checks=queries.checks_of(edition),
        with_figures=fields.with_figures,
        **_days(fields.dates),
    )
    _make_sheets(opened, preview, on)
    _log_opening(opened, preview, by)
    return opened


def _log_opening(opened: Round, preview: queries.Preview, by: User | None) -> None:
    record(
        "reporting.round.opened",
        on=opened,
        by=by,
        organisation=opened.edition.plan.organisation,
        new={
            "title": opened.title,
            "fiscal_year": opened.fiscal_year,
            "kind": opened.kind,
            "due_submit": opened.due_submit,
            "sheets": len(preview.addressees),
            "indicators": preview.indicators if opened.with_figures else 0,
            "without_owner": [*preview.ownerless_sections, *preview.ownerless_indicators],
        },
    )


def _make_sheets(opened: Round, preview: queries.Preview, on: date | None) -> None:
    posts = queries.posts_of(opened.edition.plan.organisation, on)
    carried = queries.carried_texts(opened, posts)
    contact = {"contact"}.intersection(field["key"] for field in opened.fields if not field["each"])
    sheets = Sheet.objects.bulk_create(
        Sheet(
            round=opened,
            department=one.department,
            carried=carried.get(one.department.pk, {}),
            texts={key: carried.get(one.department.pk, {}).get(key, "") for key in contact},
            hidden=_never_public(opened, each=False),
            changed_at=opened.opened_at,
        )
        for one in preview.addressees
    )
    _make_parts(opened, list(zip(sheets, preview.addressees, strict=True)), posts)
    if not opened.with_figures:
        return
    standing = queries.standing_figures(opened)
    factors = queries.external_factors(opened.edition)
    SheetFigure.objects.bulk_create(
        (
            SheetFigure(
                sheet=sheet,
                indicator_id=key,
                external_factor=factors.get(key, ""),
                **_carried_figure(standing.get(key)),
            )
            for sheet, one in zip(sheets, preview.addressees, strict=True)
            for key in one.indicators
        ),
        batch_size=2000,
    )
    _compute(opened)


def _compute(opened: Round) -> None:
    """What is computed from records stands in the sheets from the first."""
    bound = queries.bindings_in(opened.edition.plan_id)
    computed = [key for key, one in bound.items() if one.computes(opened.fiscal_year)]
    rows = SheetFigure.objects.filter(sheet__round=opened, indicator__in=computed)
    for sheet in Sheet.objects.filter(pk__in=rows.values("sheet")).select_related("round__edition__plan"):
        own = queries.rows_of(sheet)
        put_live(sheet, own, bound=bound)
        check_rows(sheet, own)
        SheetFigure.objects.bulk_update(own, SAVED, batch_size=500)


def _never_public(opened: Round, *, each: bool) -> list[str]:
    keys = {field["key"] for field in opened.fields if field["each"] is each}
    return sorted(words.NEVER_PUBLIC & keys)


def _make_parts(opened: Round, asked: list[tuple[Sheet, queries.Addressee]], posts: queries.Posts) -> None:
    """A part for every section that a department reports on, beside what was said of it last time."""
    if not any(field["each"] for field in opened.fields):
        return
    carried = queries.carried_parts(opened, posts)
    hidden = _never_public(opened, each=True)
    SheetPart.objects.bulk_create(
        (
            SheetPart(
                sheet=sheet,
                section_id=section,
                position=place,
                in_charge=in_charge,
                hidden=hidden,
                carried=carried.of(section, one.department.pk, in_charge=in_charge),
            )
            for sheet, one in asked
            for place, (section, in_charge) in enumerate(one.parts)
        ),
        batch_size=2000,
    )


def _carried_figure(figure: Any) -> dict[str, Any]:
    """A value that the plan has for the year already (見込み, 速報), to be settled."""
    if figure is None:
        return {}
    status = figure.status if figure.status in CARRIED_STATUSES else "confirmed"
    names = ("text", "value", "upper", "unit", "shown", "reason", "reason_note")
    known = {name: getattr(figure, name) for name in names}
    return {**known, "status": status, "text": known["text"] if known["value"] is not None else ""}


@transaction.atomic
def revise_round(*, round_: Round, title: str, message: str, dates: Dates, by: User | None) -> Round:
    """Change what a round is called, says and its days; sheets and what is in them stay."""
    round_ = queries.lock_round(round_)
    must_be_office(round_.edition.plan.organisation, by)
    must_be_open(round_)
    _must_be_in_order(dates)
    values = {"title": title.strip(), "message": message.strip(), **_days(dates)}
    old = {name: getattr(round_, name) for name in values}
    changed = [name for name in values if old[name] != values[name]]
    if not changed:
        return round_
    for name in changed:
        setattr(round_, name, values[name])
    round_.save(update_fields=changed)
    record(
        "reporting.round.revised",
        on=round_,
        by=by,
        organisation=round_.edition.plan.organisation,
        old={name: old[name] for name in changed},
        new={name: values[name] for name in changed},
    )
    return round_


@transaction.atomic
def close_round(*, round_: Round, by: User | None, reason: str = "") -> Round:
    """Take no more replies. Sheets not yet accepted want a reason, which is kept."""
    round_ = queries.lock_round(round_)
    must_be_office(round_.edition.plan.organisation, by)
    must_be_open(round_)
    done = (State.ACCEPTED, State.REPORTED, State.PUBLISHED)
    left = Sheet.objects.filter(round=round_).exclude(state__in=done).count()
    if left and not reason.strip():
        raise RuleViolation(
            "reporting.sheets_open",
            f"受理していない調書が{left}件あります。このまま締め切るときは、理由を入力してください。",
            field="reason",
        )
    round_.closed_at = timezone.now()
    round_.save(update_fields=["closed_at"])
    record(
        "reporting.round.closed",
        on=round_,
        by=by,
        organisation=round_.edition.plan.organisation,
        new={"left": left},
        note=reason.strip(),
    )
    return round_


@transaction.atomic
def extend_deadline(*, sheet: Sheet, due: date, reason: str, by: User | None) -> Extension:
    """An exception for one section: its submission may come later, for a reason that is kept."""
    sheet = queries.lock(sheet)
    must_be_office(sheet.round.edition.plan.organisation, by)
    must_be_open(sheet.round)
    if not is_editable(State(sheet.state)):
        raise RuleViolation("reporting.submitted", "この調書は提出済みのため、期限を延ばす必要はありません。")
    before = sheet.extended_to or sheet.round.due_submit
    if due <= before:
        raise RuleViolation(
            "reporting.not_later",
            f"新しい期限は、今の期限（{show_date(before)}）より後の日にしてください。",
            field="due",
        )
    if not reason.strip():
        raise RuleViolation("reporting.reason", "期限を延ばす理由を入力してください。", field="reason")
    made = Extension.objects.create(sheet=sheet, due=due, reason=reason.strip(), by=by)
    touch(sheet, by=by, extended_to=due)
    log(
        "reporting.sheet.extended",
        sheet,
        by=by,
        old={"extended_to": before},
        new={"extended_to": due},
        note=reason.strip(),
    )
    return made


@transaction.atomic
def reassign_sheet(*, sheet: Sheet, department: Department, reason: str, by: User | None) -> Sheet:
    """Give a sheet to another department, with all that is in it: where its own was abolished."""
    sheet = queries.lock(sheet)
    organisation = sheet.round.edition.plan.organisation
    must_be_office(organisation, by)
    must_be_open(sheet.round)
    if department.organisation_id != organisation.pk:
        raise RuleViolation("reporting.elsewhere", "同じ団体の所属を選んでください。", field="department")
    if not reason.strip():
        raise RuleViolation("reporting.reason", "移す理由を入力してください。", field="reason")
    if Sheet.objects.filter(round=sheet.round, department=department).exclude(pk=sheet.pk).exists():
        raise RuleViolation(
            "reporting.has_a_sheet",
            f"「{department.name}」には、この照会の調書がすでにあります。ほかの所属を選んでください。",
            field="department",
        )
    old = sheet.department
    touch(sheet, by=by, department=department)
    log(
        "reporting.sheet.reassigned",
        sheet,
        by=by,
        old={"department": str(old)},
        new={"department": str(department)},
        note=reason.strip(),
    )
    return sheet


def _must_be_in_order(dates: Dates) -> None:
    if not dates.submit <= dates.confirm <= dates.bundle <= dates.accept:
        raise RuleViolation(
            "reporting.days_out_of_order",
            "期限は、提出、所属長の確認、取りまとめ、受理の順に、後の日になるようにしてください。",
            field="due_submit",
        )


def _must_be_the_only_one(edition: Edition, fields: RoundFields) -> None:
    # Two presses at one moment: the edition's row makes the second wait, then it finds the first.
    queries.lock_edition(edition)
    if Round.objects.filter(
        edition=edition, fiscal_year=fields.fiscal_year, kind=fields.kind, closed_at__isnull=True
    ).exists():
        raise RuleViolation(
            "reporting.round_open",
            f"{show_fiscal_year(fields.fiscal_year)}の「{words.KINDS[fields.kind]}」は、すでに開いています。"
            "一覧から開いてください。",
        )


def _days(dates: Dates) -> dict[str, date]:
    return {
        "due_submit": dates.submit,
        "due_confirm": dates.confirm,
        "due_bundle": dates.bundle,
        "due_accept": dates.accept,
    }
