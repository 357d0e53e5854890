"""What controls add to a publication: the issued report of the year, as residents may read it."""

from __future__ import annotations

from kaikaku.controls import words
from kaikaku.controls.models import ControlYear
from kaikaku.controls.queries.report import report_facts
from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.plans.models import Edition
from kaikaku.writers.dataset import Chapter, PlainTable

TITLE = "内部統制の評価"


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of an edition's publication; None until the report of its year has been to the assembly."""
    if edition.fiscal_year is None:
        return None
    year = (
        ControlYear.objects.filter(
            organisation=edition.plan.organisation_id,
            fiscal_year=edition.fiscal_year,
            issued_at__isnull=False,
            assembly_on__isnull=False,
        )
        .select_related("organisation")
        .first()
    )
    if year is None or year.assembly_on is None:
        return None
    facts = report_facts(year)
    counted = "、".join(f"{words.KINDS[kind]}{count}件" for kind, count in facts.standing.items())
    table = PlainTable(
        caption="年度の評価",
        header=("項目", "件数"),
        rows=(
            *((f"リスク（{words.GRADES[grade]}）", str(count)) for grade, count in facts.risks.items()),
            ("自己評価をした所属", f"{facts.sections_sent} / {facts.sections}"),
            ("抽出点検をした統制", f"{facts.sample_checked} / {facts.sampled}"),
            *((words.KINDS[kind], str(count)) for kind, count in facts.standing.items()),
            ("うち重大な不備", str(facts.material)),
            ("年度内に是正した不備", str(facts.mended)),
        ),
    )
    said = (
        f"{show_fiscal_year(year.fiscal_year)}の内部統制は、{facts.result}"
        f"評価基準日に残っていた不備は、{counted}です。",
        f"監査委員の意見：{year.opinion}",
        f"{show_date(year.assembly_on)}に議会に提出しました。",
    )
    return Chapter(TITLE, said, (table,))
