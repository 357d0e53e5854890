"""What controls add to a publication: the issued report of the year, as residents may read it.

自治法150条8項: the report goes to the public with the opinion on it, in its order (policy, scope, result,
opinion). A deficiency that is not material is told as a number: its words would show where the work is weak.
Incidents are numbers too, and nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from kaikaku.controls import words
from kaikaku.controls.models import ControlYear
from kaikaku.controls.queries.report import Facts, report_facts
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
    return Chapter(TITLE, tuple(_said(year, facts)), tuple(_tables(facts)))


def _said(year: ControlYear, facts: Facts) -> Iterator[str]:
    counted = "、".join(f"{words.KINDS[kind]}{count}件" for kind, count in facts.standing.items())
    yield (
        f"{show_fiscal_year(year.fiscal_year)}の内部統制は、{facts.result}"
        f"評価基準日に残っていた不備は、{counted}です。"
    )
    yield from _titled("方針", facts.policy)
    yield from _titled("体制", facts.system)
    yield from _titled("対象とする事務", facts.scope)
    yield from facts.procedure
    yield from _titled("監査委員の意見", year.opinion)
    if year.assembly_on is not None:
        yield f"{show_date(year.assembly_on, style='era')}に議会に提出しました。"


def _titled(title: str, text: str) -> Iterator[str]:
    """A text, with what it is, in one paragraph."""
    if said := "".join(line.strip() for line in text.splitlines()):
        yield f"{title}：{said}"


def _tables(facts: Facts) -> Iterator[PlainTable]:
    standing = [(f"評価基準日に残る{words.KINDS[kind]}", str(n)) for kind, n in facts.standing.items()]
    mended = [("うち重大な不備", str(facts.material)), ("年度内に是正した不備", str(facts.mended))]
    yield PlainTable("不備の件数", ("区分", "件数"), (*standing, *mended))
    material = [one for one in facts.wrong if one.material]
    if material:
        yield PlainTable(
            "重大な不備",
            ("所属", "種類", "内容", "原因", "是正", "状態"),
            tuple(
                (one.department, one.kind, one.text, one.cause, one.remedy,
                 f"{one.mended_on}に是正" if one.mended_on else "是正中")
                for one in material
            ),
        )  # fmt: skip
    yield PlainTable(
        "自己評価と抽出点検",
        ("区分", "対象", "実施"),
        (
            ("自己評価をした所属", str(facts.sections), str(facts.sections_sent)),
            ("抽出点検をした統制", str(facts.sampled), str(facts.sample_checked)),
        ),
    )
    grades = tuple((words.GRADES[grade], str(count)) for grade, count in facts.risks.items())
    yield PlainTable("管理しているリスク", ("リスクの大きさ", "件数"), grades)
    if facts.happened:
        asked = sum(one.asked for one in facts.happened)
        answered = sum(one.answered for one in facts.happened)
        yield PlainTable(
            "事故・ミスと水平展開",
            ("事故・ミスの件数", "同じ業務の確認を依頼した所属", "回答した所属"),
            ((str(len(facts.happened)), str(asked), str(answered)),),
        )
