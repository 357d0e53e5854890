"""The year's two checks: by each section of itself, and of a sample by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.controls import rules
from kaikaku.controls.entries import DeficiencyFields
from kaikaku.controls.models import Control, ControlYear, SampleCheck, SelfCheck
from kaikaku.controls.queries.asked import controls_asked, names_of
from kaikaku.controls.services.deficiencies import record_deficiency
from kaikaku.controls.services.guard import must_belong, open_year_row, put_on_record, require_words
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import department_ids_of, today

if TYPE_CHECKING:
    from datetime import date

    from kaikaku.org.models import Department, User


@transaction.atomic
def self_check(
    *,
    year: ControlYear,
    department: Department,
    answers: Mapping[int, rules.Answer],
    send: bool,
    by: User | None,
) -> list[SelfCheck]:
    """Keep a section's answers by control; with `send` hand them in, when every one must be whole.

    What an answer says is wrong becomes a deficiency as soon as it is sent.
    """
    year = open_year_row(year)
    must_belong(year.organisation, by, department)
    controls = controls_asked(year, department=department.pk)
    known = {row.control_id: row for row in SelfCheck.objects.filter(year=year, department=department)}
    if any(row.sent_at is not None for row in known.values()):
        raise RuleViolation("controls.sent", "提出済みです。直すときは、事務局に差戻しを頼んでください。")
    if not controls:
        raise RuleViolation("controls.nothing_asked", "この所属には、自己評価する統制がありません。")
    if send:
        _must_be_whole(controls, answers)
    rows = [
        _keep(known.get(control.pk) or SelfCheck(year=year, control=control), department, answers, by, send)
        for control in controls
        if control.pk in answers
    ]
    said = {row.control.text: _words(row.answer) for row in rows}
    action = "controls.self_check.sent" if send else "controls.self_check.saved"
    put_on_record(
        action, year, organisation=year.organisation, by=by, new={"answers": said}, note=str(department)
    )
    if send:
        for row in rows:
            _tell(row.control, row.answer, source="self", on=_day_of(year), by=by)
    return rows


@transaction.atomic
def reopen_self_check(*, year: ControlYear, department: Department, why: str, by: User | None) -> None:
    """Hand a section's answers back, with the reason; deficiencies already recorded stay."""
    year = open_year_row(year)
    must_belong(year.organisation, by, department)
    said = require_words(why, field="reason", thing="差し戻す理由")
    sent = SelfCheck.objects.filter(year=year, department=department, sent_at__isnull=False)
    if not sent.update(sent_at=None):
        raise RuleViolation("controls.not_sent", "まだ提出されていません。")
    put_on_record(
        "controls.self_check.reopened",
        year,
        organisation=year.organisation,
        by=by,
        new={"departments": str(department)},
        note=said,
    )


@transaction.atomic
def draw_sample(
    *, year: ControlYear, seed: str, by: User | None, rates: rules.Rates | None = None
) -> list[SampleCheck]:
    """Draw the sample once: by the seed, of each grade so many per cent, at least one of each section."""
    year = open_year_row(year)
    must_belong(year.organisation, by)
    if year.drawn_at is not None:
        raise RuleViolation("controls.drawn", "抽出は1年度に1回です。抽出し直すことはできません。")
    controls = {control.pk: control for control in controls_asked(year)}
    named = names_of(controls.values())
    subjects = [
        rules.Subject(key, control.risk.department_id, control.risk.score, named[key])
        for key, control in controls.items()
    ]
    if not subjects:
        raise RuleViolation("controls.nothing_to_draw", "統制がまだ登録されていません。")
    drawn = rules.draw(subjects, seed=seed, rates=rates or rules.Rates())
    rows = SampleCheck.objects.bulk_create(
        SampleCheck(year=year, control_id=one.key, department_id=one.department) for one in drawn
    )
    year.seed, year.drawn_at = seed.strip(), timezone.now()
    year.save(update_fields=["seed", "drawn_at"])
    new = {"seed": year.seed, "drawn": [one.name for one in drawn]}
    put_on_record("controls.year.drawn", year, organisation=year.organisation, by=by, new=new)
    return rows


@transaction.atomic
def check_sample(*, sample: SampleCheck, answer: rules.Answer, by: User) -> SampleCheck:
    """Record what was seen of a drawn control; refused to anybody of the section that is checked."""
    year = open_year_row(sample.year)
    must_belong(year.organisation, by)
    rules.must_be_independent(checker=department_ids_of(by), checked=sample.department_id)
    answer.must_be_whole()
    sample = SampleCheck.objects.select_for_update().select_related("control__risk").get(pk=sample.pk)
    if sample.checked_on is not None:
        raise RuleViolation("controls.checked", "点検の結果は記録済みです。")
    _put(sample, answer)
    sample.by, sample.checked_on = by, today()
    sample.save()
    new = {"answers": _words(answer), "evidence": answer.evidence}
    put_on_record("controls.sample_check.done", sample, organisation=year.organisation, by=by, new=new)
    _tell(sample.control, answer, source="sample", on=_day_of(year), by=by)
    return sample


def _must_be_whole(controls: list[Control], answers: Mapping[int, rules.Answer]) -> None:
    for control in controls:
        try:
            answers.get(control.pk, rules.Answer()).must_be_whole()
        except RuleViolation as violation:
            raise RuleViolation(
                violation.code,
                f"「{control.text}」：{violation.message}",
                field=f"{violation.field}_{control.pk}",
            ) from violation


def _keep(
    row: SelfCheck, department: Department, answers: Mapping[int, rules.Answer], by: User | None, send: bool
) -> SelfCheck:
    _put(row, answers[row.control_id])
    row.department, row.by = department, by
    row.sent_at = timezone.now() if send else None
    row.save()
    return row


def _put(row: SelfCheck | SampleCheck, answer: rules.Answer) -> None:
    row.designed, row.operated = answer.designed, answer.operated if answer.designed else None
    row.evidence, row.not_used = answer.evidence.strip(), answer.not_used.strip()


def _words(answer: rules.Answer) -> str:
    if answer.finding is not None:
        return rules.KIND_LABELS[answer.finding]
    return "問題なし" if answer.complete else "未記入"


def _day_of(year: ControlYear) -> date:
    """The day of which a check speaks: an answer given in April is about the year that has ended in March."""
    return min(today(), rules.evaluation_day(year.fiscal_year))


def _tell(control: Control, answer: rules.Answer, *, source: str, on: date, by: User | None) -> None:
    """What the answer says is wrong, as a deficiency; once while one like it stands."""
    kind = answer.finding
    if kind is None:
        return
    standing = control.deficiencies.filter(kind=kind.value, mended_on__isnull=True, void="")
    if not standing.exists():
        what = "手順が整っていない" if kind is rules.Kind.DESIGN else "手順どおりに行われていない"
        text = f"「{control.text}」：{what}。{answer.evidence}".rstrip()
        fields = DeficiencyFields(kind=kind.value, found_on=on, text=text, source=source)
        record_deficiency(control=control, fields=fields, by=by)
