"""The pages of the manual on plans; the examples of rating are worked out by core, not typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaikaku.core.indicators import Achievement, Direction, Formula, achieve
from kaikaku.core.ratings import SCHEMES, Band, grade_of, shown_rate
from kaikaku.core.rollup import HELD, METHOD_LABELS, UNITS
from kaikaku.core.shares import CLOSING_LABELS, Closing, close, share
from kaikaku.plans.words import LINK_KINDS
from kaikaku.ui.manual import ManualPage, Part, Reader, Want

SCHEME = SCHEMES["iwate"]
# the counts of 岩手県's table for fiscal 2020: A, B, C, D and 測定不能
COUNTS = (36, 13, 1, 5, 2)


@dataclass(frozen=True, slots=True)
class Example:
    """One indicator, rated."""

    name: str
    unit: str
    achievement: Achievement

    @property
    def label(self) -> str:
        return self.achievement.formula_label

    @property
    def working(self) -> str:
        return self.achievement.working(self.unit)

    @property
    def rate(self) -> str:
        return shown_rate(SCHEME, self.achievement)

    @property
    def band(self) -> Band | None:
        return grade_of(SCHEME, self.achievement)


def _example(name: str, unit: str, values: tuple[str | None, str, str], **facts: Any) -> Example:
    baseline, target, actual = values
    rated = achieve(
        actual=Decimal(actual),
        target=Decimal(target),
        baseline=None if baseline is None else Decimal(baseline),
        **facts,
    )
    return Example(name, unit, rated)


def examples() -> Mapping[str, Any]:
    """Every formula with figures; the same figures by two formulas; shares closed and not."""
    years = {"baseline_year": 2020, "actual_year": 2022, "target_year": 2024}
    rescuers = ("防災士の認証登録者数", "人", ("1619", "2400", "2233"))
    bands = [band for band in SCHEME.bands if band.measurable]
    closed, loose = (close(COUNTS, method=way) for way in (Closing.LARGEST_REMAINDER, Closing.NONE))
    return {
        "formulas": (
            _example("オンラインで使える手続の割合", "%", ("1.5", "100", "71.5")),
            _example("残業時間", "時間", ("20", "12", "14"), direction=Direction.DOWN),
            _example("経費の削減額（累計）", "億円", (None, "120", "75.6")),
            _example(
                "苦情の件数",
                "件",
                (None, "8", "10"),
                direction=Direction.DOWN,
                formula=Formula.INVERSE_RATIO,
            ),
            _example("収納率を98%以上に保つ", "%", (None, "98", "98.4"), formula=Formula.MAINTAIN_MIN),
            _example(
                "オンラインで使える手続の割合（途中の年）",
                "%",
                ("1.5", "100", "45"),
                formula=Formula.EXPECTED_PATH,
                **years,
            ),
        ),
        "by_two": (_example(*rescuers), _example(*rescuers, formula=Formula.RATIO)),
        "bands": bands,
        "names": [band.label for band in SCHEME.bands],
        "codes": [band.code for band in SCHEME.bands],
        "slots": [band.slot if band.measurable else 0 for band in SCHEME.bands],
        "counts": COUNTS,
        "closed": closed,
        "loose": loose,
        "closed_sum": sum(closed),
        "loose_sum": sum(loose),
        "closing": CLOSING_LABELS[Closing.LARGEST_REMAINDER],
        "at_least": share(sum(COUNTS[:2]), sum(COUNTS)),
        "at_least_measured": share(sum(COUNTS[:2]), sum(COUNTS[:4])),
        "at_least_count": sum(COUNTS[:2]),
        "total": sum(COUNTS),
        "measured": sum(COUNTS[:4]),
    }


def kinds() -> Mapping[str, Any]:
    """The words for what may become of an item in the next edition."""
    return {"kinds": LINK_KINDS}


def methods() -> Mapping[str, Any]:
    """The ways in which a section may be rated as a whole."""
    return {"methods": [(METHOD_LABELS[way], UNITS[way]) for way in METHOD_LABELS], "held": HELD}


PAGES = (
    ManualPage(
        slug="plan",
        title="プランを読む",
        part=Part.PLANS,
        order=10,
        template="plans/manual/plan.html",
        summary="プラン、版、見出し、指標の読み方と、絞り込み、印刷の方法です。",
        wants=(
            Want(Reader.EMPLOYEE, "自分の所属の取組と指標を見る", "filter"),
            Want(Reader.MEMBER, "プランの構成と指標を読む", "edition"),
            Want(Reader.CHIEF, "指標の計算の過程を確かめる", "indicator"),
        ),
        helps={
            "plans:index": "structure",
            "plans:plan": "structure",
            "plans:edition": "edition",
            "plans:edition_history": "history",
            "plans:section": "section",
            "plans:indicator": "indicator",
            "plans:section_life": "life",
            "plans:indicator_life": "life",
        },
    ),
    ManualPage(
        slug="edit-plan",
        title="版と指標を直す",
        part=Part.PLANS,
        order=30,
        template="plans/manual/edit-plan.html",
        summary="見出し、項目、指標、値を足し、直し、終える方法です。",
        wants=(
            Want(Reader.SECRETARIAT, "所管の所属を決める", "owner"),
            Want(Reader.SECRETARIAT, "指標を足す、直す", "indicator"),
            Want(Reader.SECRETARIAT, "値を入れる、訂正する", "figures"),
        ),
        helps={
            "plans:new_plan": "plan",
            "plans:revise_plan": "plan",
            "plans:new_edition": "edition",
            "plans:revise_edition": "edition",
            "plans:unlock_edition": "lock",
            "plans:new_indicator": "indicator",
            "plans:revise_indicator": "indicator",
            "plans:move_indicator": "indicator",
            "plans:cross_listing": "again",
            "plans:external_factor": "factor",
            "plans:new_figure": "figures",
            "plans:correct_figure": "figures",
            "plans:end_section": "end",
            "plans:end_indicator": "end",
            "plans:remove_section": "end",
            "plans:remove_indicator": "end",
            "plans:remove_item": "end",
            "plans:remove_table": "end",
            "plans:remove_footnote": "end",
            "plans": "section",
        },
    ),
    ManualPage(
        slug="next-edition",
        title="次の版を作る",
        part=Part.PLANS,
        order=40,
        template="plans/manual/next-edition.html",
        summary="いまの版から次の版を起こし、変えた理由を残し、新旧対照表を出すまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "次の版を作る（加除修正）", "draft"),
            Want(Reader.SECRETARIAT, "新旧対照表を出す", "changes"),
        ),
        helps={
            "plans:next_edition": "draft",
            "plans:changes": "changes",
            "plans:explain_link": "changes",
            "plans:match": "match",
            "plans:link_section": "match",
            "plans:link_indicator": "match",
            "plans:gone_section": "match",
            "plans:gone_indicator": "match",
            "plans:unlink": "match",
            "plans:merge_section": "merge",
            "plans:split_section": "merge",
            "plans:merge_indicator": "merge",
            "plans:split_indicator": "merge",
        },
        context=kinds,
    ),
    ManualPage(
        slug="rating",
        title="評価のしかた",
        part=Part.PLANS,
        order=50,
        template="plans/manual/rating.html",
        summary="達成率の計算、段階の付け方、割合の閉じ方を、数字の例で説明します。",
        wants=(
            Want(Reader.CLERK, "達成率がどう計算されるかを知る", "formulas"),
            Want(Reader.SECRETARIAT, "評価の決まりを変える", "change"),
            Want(Reader.EXECUTIVE, "段階と割合の意味を知る", "bands"),
            Want(Reader.MEMBER, "段階と割合の意味を知る", "bands"),
        ),
        helps={"plans:scheme": "change"},
        context=examples,
    ),
    ManualPage(
        slug="overall",
        title="総合評価を決める",
        part=Part.PLANS,
        order=55,
        template="plans/manual/overall.html",
        summary="取組や柱の全体の評価を、自動の判定をもとに人が決める方法です。",
        wants=(
            Want(Reader.SECRETARIAT, "取組や柱の総合評価を決める", "settle"),
            Want(Reader.EXECUTIVE, "総合評価の読み方を知る", "read"),
        ),
        helps={
            "plans:overall": "read",
            "plans:overall_policy": "policy",
            "plans:settle": "settle",
            "plans:settle_rest": "settle",
        },
        context=methods,
    ),
)
