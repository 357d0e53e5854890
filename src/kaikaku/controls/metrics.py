"""What controls count: risks, self-checks done, deficiencies found and mended, incidents, 水平展開 done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kaikaku.controls import rules, words
from kaikaku.controls.models import ControlYear
from kaikaku.controls.queries import counted
from kaikaku.controls.queries.access import READERS
from kaikaku.controls.queries.board import board
from kaikaku.core.eras import days_of_fiscal_year, show_date, show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import (
    Measured,
    Metric,
    Option,
    Parts,
    RecordRef,
    Records,
    has_begun,
    held_by,
    insiders,
)
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.controls.models import Deficiency, Incident, Risk, Rollout
    from kaikaku.org.models import Organisation

LEAST = {"": 1, "middle": rules.MIDDLE, "high": rules.HIGH}


def _risks(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if not has_begun(fiscal_year, today()):
        return Measured.unknown("件", f"{show_fiscal_year(fiscal_year)}は、まだ始まっていません。")
    day = min(days_of_fiscal_year(fiscal_year)[1], today())
    found = counted.risks_on(organisation, day, least=LEAST.get(options.get("least", ""), 1))
    if not found.exists():
        return Measured.unknown("件", f"{show_date(day)}の時点で、当てはまるリスクの登録がありません。")
    return _counted(found, _risk, "risk", f"{show_date(day)}の時点で管理しているもの")


def _risk(risk: Risk) -> RecordRef:
    url = address_of("controls:risk").format(risk.pk)
    return RecordRef(f"risk:{risk.pk}", str(risk), url, Decimal(1), f"点数{risk.score}")


def _self_checked(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    year = ControlYear.objects.filter(organisation=organisation, fiscal_year=fiscal_year).first()
    if year is None:
        reason = f"{show_fiscal_year(fiscal_year)}の内部統制を始めていません。"
        return Measured.unknown("%", reason)
    sections = board(None, year, on=today()).sections
    url = address_of("controls:year").format(year.pk)
    records = [
        RecordRef(
            f"section:{one.department.pk}", one.department.name, url, Decimal(int(one.sent)), one.state[0]
        )
        for one in sections
    ]
    return Measured.share(
        sum(one.sent for one in sections),
        len(sections),
        records=Records.of(records),
        words="自己評価を提出した所属 ÷ 自己評価を求めた所属",
        nothing="自己評価する統制が登録されていません。",
    )


def _found(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    found = counted.deficiencies_found(organisation, fiscal_year)
    return _of_a_year(organisation, fiscal_year, found, _deficiency, "deficiency", "その年度に見つけた不備")


def _mended(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    found = counted.deficiencies_mended(organisation, fiscal_year)
    return _of_a_year(organisation, fiscal_year, found, _deficiency, "deficiency", "その年度に是正した不備")


def _deficiency(row: Deficiency) -> RecordRef:
    url = address_of("controls:deficiency").format(row.pk)
    return RecordRef(f"deficiency:{row.pk}", row.text, url, Decimal(1), words.KINDS[row.kind])


def _incidents(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    found = counted.incidents_in(organisation, fiscal_year)
    return _of_a_year(organisation, fiscal_year, found, _incident, "incident", "その年度に起きた事故・ミス")


def _incident(row: Incident) -> RecordRef:
    url = address_of("controls:incident").format(row.pk)
    return RecordRef(f"incident:{row.pk}", row.title, url, Decimal(1), show_date(row.happened_on))


def _rolled_out(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    asked = counted.rollouts_in(organisation, fiscal_year)
    whole = asked.count()
    return Measured.share(
        asked.exclude(state="asked").count(),
        whole,
        records=Records.of_query(asked, _rollout, light=_rollout_parts, count=whole),
        words="確認を終えた所属 ÷ 確認を依頼した所属",
        nothing=f"{show_fiscal_year(fiscal_year)}の事故・ミスについて、水平展開の依頼がありません。",
    )


def _rollout(row: Rollout) -> RecordRef:
    url = address_of("controls:incident").format(row.incident_id)
    done = Decimal(int(row.state != "asked"))
    return RecordRef(f"rollout:{row.pk}", str(row), url, done, words.ROLLOUTS[row.state])


def _rollout_parts(rows: QuerySet[Rollout]) -> Parts:
    return ((f"rollout:{pk}", Decimal(int(s != "asked"))) for pk, s in rows.values_list("pk", "state"))


def _of_a_year(
    organisation: Organisation,
    fiscal_year: int,
    found: QuerySet[Any],
    make: Callable[[Any], RecordRef],
    key: str,
    said: str,
) -> Measured:
    """A count of a year's records: 0 where the year was kept and had none, unknown where it was not kept."""
    begun = ControlYear.objects.filter(organisation=organisation, fiscal_year=fiscal_year)
    if not begun.exists() and not found.exists():
        return Measured.unknown("件", f"{show_fiscal_year(fiscal_year)}の内部統制を始めていません。")
    return _counted(found, make, key, said)


def _counted(found: QuerySet[Any], make: Callable[[Any], RecordRef], key: str, said: str) -> Measured:
    def light(rows: QuerySet[Any]) -> Parts:
        return ((f"{key}:{pk}", Decimal(1)) for pk in rows.values_list("pk", flat=True))

    records = Records.of_query(found, make, light=light)
    return Measured(Decimal(records.count), "件", records, said)


def _grades(organisation: Organisation) -> list[tuple[str, str]]:
    return [("middle", "中以上（3点以上）"), ("high", "高（6点以上）")]


METRICS = (
    Metric(
        code="controls.risks",
        name="管理しているリスクの件数",
        definition="年度末（年度の途中では今日）の時点で、リスク管理表で管理しているリスクの数です。",
        unit="件",
        accumulation=Accumulation.STOCK,
        measure=_risks,
        visible=insiders,
        options=(Option("least", "点数", _grades),),
    ),
    Metric(
        code="controls.self_checked_share",
        name="自己評価をした所属の割合",
        definition="その年度の自己評価を求めた所属のうち、提出した所属の割合です。",
        unit="%",
        accumulation=Accumulation.FLOW,
        measure=_self_checked,
        visible=held_by(*READERS),
        decimals=1,
    ),
    Metric(
        code="controls.deficiencies_found",
        name="見つけた不備の件数",
        definition="その年度に自己評価、抽出点検、事故・ミス、監査で見つけた不備の数です。取り消したものは数えません。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_found,
        visible=held_by(*READERS),
    ),
    Metric(
        code="controls.deficiencies_mended",
        name="是正した不備の件数",
        definition="その年度に是正した不備の数です。前の年度までに見つけたものも数えます。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_mended,
        visible=held_by(*READERS),
    ),
    Metric(
        code="controls.incidents",
        name="事故・ミスの件数",
        definition="その年度に起きた事故・ミスとして記録したものの数です。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_incidents,
        visible=held_by(*READERS),
    ),
    Metric(
        code="controls.rolled_out_share",
        name="水平展開を終えた割合",
        definition="その年度の事故・ミスについて同じ業務の確認を依頼した所属のうち、回答した所属の割合です。",
        unit="%",
        accumulation=Accumulation.FLOW,
        measure=_rolled_out,
        visible=held_by(*READERS),
        decimals=1,
    ),
)
