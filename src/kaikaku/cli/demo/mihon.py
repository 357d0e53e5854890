"""みほん県: an invented prefecture that has every kind of indicator and every oddity that real plans have.

The figures are data (`kaikaku/samples/mihon.tsv`); nothing is drawn by lot, so that every installation and
every test sees the same.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kaikaku.cli.demo import people
from kaikaku.core.quantities import parse_quantity
from kaikaku.core.ratings import SCHEMES
from kaikaku.org import services as org
from kaikaku.plans import services as plans
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledIndicator,
    FilledSection,
    Filling,
    FootnoteFields,
    IndicatorFields,
    ItemFields,
    SectionFields,
)

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation

SLUG = "mihon"
ACCOUNTS = people.ACCOUNTS
TABLE = Path(__file__).resolve().parents[2] / "samples" / "mihon.tsv"
FIRST, LAST, REPORTED = 2021, 2025, 2025
HOSPITALS = "病院局"  # in charge by its section 病院総務課

# the pillars; of each initiative its name, the section in charge and what was planned for 令和7年度
PILLARS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "I",
        "県民の視点に立ったサービスの提供",
        (
            ("行政手続のデジタル化", "デジタル推進課", "手数料のオンライン納付を全手続に広げます。"),
            ("開かれた県政の推進", "広報課", "オープンデータの利用者と意見を交わす場を設けます。"),
            ("市町村との連携", "市町村課", "共同調達の対象を広げます。"),
            ("多様な主体との協働", "企画課", "協定に基づく取組の成果を毎年公表します。"),
        ),
    ),
    (
        "II",
        "職員の力を伸ばす働き方",
        (
            ("人材の確保と育成", "人事課", "経験者の採用を通年で行います。"),
            ("柔軟な働き方の推進", "人事課", "フレックスタイム制を試行します。"),
            ("風通しのよい職場づくり", "人事課", "調査の結果を所属ごとに話し合います。"),
        ),
    ),
    (
        "III",
        "業務の改革とリスクの管理",
        (
            ("業務プロセスの見直し", "行政改革課", "補助金事務の外部委託を進めます。"),
            ("デジタル技術の活用", "デジタル推進課", "AI会議録の対象を審議会に広げます。"),
            ("内部統制とリスク管理", "内部統制室", "誤りを入力の時に防ぐ仕組みを整えます。"),
        ),
    ),
    (
        "IV",
        "持続可能な行財政の基盤",
        (
            ("歳入の確保", "税務課", "収入未済の大口案件を重点的に整理します。"),
            ("歳出の見直し", "財政課", "事業の統合を進めます。"),
            ("県有資産の活用", "財産活用課", "長寿命化計画を改めます。"),
            ("公社等と公営企業の経営改善", "行政改革課", "病院の経営計画を改めます。"),
        ),
    ),
)


def load() -> Organisation:
    """The government and its plan when the year ends; the year's own results are yet to come."""
    organisation = org.create_organisation(
        name="みほん県", kana="みほんけん", slug=SLUG, sample=True, contact="総務部行政改革課", by=None
    )
    sections = people.populate(organisation)
    plan = plans.create_plan(
        organisation=organisation, name="みほん県行財政改革プラン", level_names=("柱", "取組"), by=None
    )
    edition = plans.create_edition(
        plan=plan,
        fields=EditionFields(
            title="令和7年度の取組状況",
            fiscal_year=REPORTED,
            period=(FIRST, LAST),
            summary="4つの柱、14の取組、57の指標で、県政の改革を進める5年間のプランです。",
        ),
        by=None,
    )
    plans.change_scheme(edition=edition, scheme=SCHEMES["iwate"], valid_from=date(FIRST, 4, 1), by=None)
    plans.build_edition(edition=edition, filling=filling(sections), by=None, note="みほん県の見本")
    plans.change_state(edition=edition, state="in_force", by=None)
    return organisation


def table(file: Path) -> list[dict[str, str]]:
    """The lines of a table of the samples."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def filling(owners: Mapping[str, Department]) -> Filling:
    """The tree and the indicators as the plans service takes them."""
    sections, places = tree(owners)
    return Filling(
        sections=tuple(sections),
        indicators=tuple(indicator(row, places, owners) for row in table(TABLE)),
        footnotes=(
            FootnoteFields(mark="※", text="みほん県は架空の団体です。数値もすべて作られたものです。"),
        ),
    )


def tree(owners: Mapping[str, Department]) -> tuple[list[FilledSection], dict[str, int]]:
    """The sections in document order, and the index of each initiative by its address, 2-1."""
    sections: list[FilledSection] = []
    places: dict[str, int] = {}
    for pillar, (number, title, initiatives) in enumerate(PILLARS, 1):
        top = len(sections)
        sections.append(FilledSection(SectionFields(title=title, number=number)))
        for order, (name, owner, planned) in enumerate(initiatives, 1):
            places[f"{pillar}-{order}"] = len(sections)
            fields = SectionFields(title=name, number=str(order), owner=owners[owner])
            items = (ItemFields(text=planned, kind="plan", fiscal_year=REPORTED),)
            sections.append(FilledSection(fields, parent=top, items=items))
    return sections, places


def indicator(
    row: Mapping[str, str], places: Mapping[str, int], owners: Mapping[str, Department]
) -> FilledIndicator:
    fields = IndicatorFields(
        name=row["name"],
        unit=base_unit(row["unit"]),
        direction=row["direction"],
        accumulation=row["accumulation"],
        kind=row["kind"],
        formula=row["formula"],
        note=row["note"],
        survey_based="調査" in row["note"],
        owner=owners[_section(row)],
    )
    return FilledIndicator(
        fields=fields,
        figures=tuple(figures(row)),
        section=places[row["section"]],
        external_factor=row["external_factor"],
        cross_listed=(places[row["cross_listed"]],) if row["cross_listed"] else (),
    )


def _section(row: Mapping[str, str]) -> str:
    return "病院総務課" if row["owner"] == HOSPITALS else row["owner"]


def base_unit(unit: str) -> str:
    """億円 and 万枚 are ways of printing 円 and 枚."""
    return unit.lstrip("億万") or unit


def figures(row: Mapping[str, str]) -> list[FigureFields]:
    found = [FigureFields(role="baseline", text=row["baseline"], fiscal_year=FIRST - 1)]
    for year in range(FIRST, LAST + 1):
        found.append(target(row, year))
        if year < REPORTED:
            found.append(actual(row, year))
    return [figure for figure in found if figure.text != "—" or figure.reason]


def window(row: Mapping[str, str]) -> int | None:
    """A cumulative figure counts from the plan's first year."""
    return FIRST if row["accumulation"] == "cumulative" else None


def target(row: Mapping[str, str], year: int) -> FigureFields:
    """The year of a value is its column's, unless the cell says another one."""
    text = row[f"target_{year}"]
    own = parse_quantity(text).fiscal_year
    return FigureFields(
        role="target", text=text, fiscal_year=own or year, column_year=year, cumulative_from=window(row)
    )


def actual(row: Mapping[str, str], year: int) -> FigureFields:
    return FigureFields(
        role="actual", text=row[f"actual_{year}"], fiscal_year=year, cumulative_from=window(row)
    )


# who is asked, in the order of the plan
OWNERS = tuple(dict.fromkeys(_section(row) for row in table(TABLE)))
