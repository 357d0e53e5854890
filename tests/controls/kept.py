"""The rows that tests of controls stand on, made through the services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kaikaku.controls import rules, services
from kaikaku.controls.entries import ControlFields, DeficiencyFields, IncidentFields, RiskFields, YearFields
from kaikaku.controls.models import Control, ControlYear, Deficiency, Incident, Risk, Rollout, SampleCheck
from kaikaku.core.eras import fiscal_year_of
from kaikaku.org.models import Department
from kaikaku.org.queries import today
from tests.cast import Cast

LONG_AGO = date(2021, 4, 1)


def risk_fields(department: Department, **more: Any) -> RiskFields:
    values: dict[str, Any] = {
        "department": department,
        "process": "補助金の交付",
        "event": "違う口座に振り込む",
        "cause": "口座の番号を手で写している",
        "category": "finance",
        "likelihood": 2,
        "impact": 3,
    }
    return RiskFields(**{**values, **more})


def risk(cast: Cast, department: Department | None = None, **more: Any) -> Risk:
    """A risk of 税務課, on the register since long ago."""
    return services.add_risk(
        organisation=cast.sakura,
        fields=risk_fields(department or cast.zeimu, **more),
        added_on=LONG_AGO,
        by=cast.takahashi,
    )


def control(cast: Cast, of: Risk | None = None, text: str = "2人で口座を確かめる") -> Control:
    fields = ControlFields(text, "preventive", "manual", "点検表")
    return services.add_control(risk=of or risk(cast), fields=fields, added_on=LONG_AGO, by=cast.takahashi)


def year(cast: Cast, fiscal_year: int | None = None) -> ControlYear:
    """This fiscal year unless another is asked for; answers due in a week, or long ago."""
    now = fiscal_year_of(today())
    fiscal_year = now if fiscal_year is None else fiscal_year
    due = today() + timedelta(days=7) if fiscal_year == now else date(fiscal_year + 1, 3, 1)
    fields = YearFields("事務を正しく行います。", "財務に関する事務", due, "推進部局は行政改革課です。")
    return services.open_year(
        organisation=cast.sakura, fiscal_year=fiscal_year, fields=fields, by=cast.takahashi
    )


def answered(cast: Cast, of: ControlYear, answer: rules.Answer, *, send: bool = True) -> None:
    """税務課 says the same of each of its controls."""
    keys = Control.objects.filter(risk__department=cast.zeimu).values_list("pk", flat=True)
    answers = dict.fromkeys(keys, answer)
    services.self_check(year=of, department=cast.zeimu, answers=answers, send=send, by=cast.sato)


FINE = rules.Answer(designed=True, operated=True, evidence="点検表（9月分）")
NOT_DONE = rules.Answer(designed=True, operated=False, evidence="点検表に空欄")


def sample(cast: Cast) -> SampleCheck:
    """税務課's control, drawn."""
    control(cast)
    return services.draw_sample(year=year(cast), seed="さくら", by=cast.takahashi)[0]


def deficiency(cast: Cast, of: Control | None = None, **more: Any) -> Deficiency:
    values = {"kind": "operation", "found_on": today(), "text": "点検表に空欄がある", **more}
    return services.record_deficiency(
        control=of or control(cast), fields=DeficiencyFields(**values), by=cast.takahashi
    )


def incident(cast: Cast, happened_on: date | None = None) -> Incident:
    """税務課 paid to a wrong account."""
    fields = IncidentFields(
        department=cast.zeimu,
        title="補助金を違う口座に振り込んだ",
        happened_on=happened_on or today(),
        process="補助金の交付",
        what="口座の番号を写し間違えた。",
        cause="確認を1人で行った。",
    )
    return services.record_incident(organisation=cast.sakura, fields=fields, by=cast.sato)


def asked(cast: Cast) -> Rollout:
    """行政改革課 and 税務課's other work: 税務課 is asked after an incident of 行政改革課."""
    fields = IncidentFields(
        cast.gyokaku, "文書を誤って送った", today(), "文書の発送", "宛名を間違えた。", "確認が漏れた。"
    )
    happened = services.record_incident(organisation=cast.sakura, fields=fields, by=cast.takahashi)
    due = today() + timedelta(days=7)
    return services.ask_sections(incident=happened, departments=[cast.zeimu], due=due, by=cast.takahashi)[0]
