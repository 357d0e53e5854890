"""A round of さくら県's plan for 令和5年度: 税務課 (佐藤) owns all seven indicators of 山形県's report."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.ratings import SCHEMES
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, ItemFields, SectionFields
from kaikaku.plans.models import Edition
from kaikaku.reporting import services
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.entries import FigureEntry, PartEntry, RoundFields, SheetEntry
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast, person, post
from tests.plans import yamagata

YEAR = 2023
DATES = Dates(date(2024, 5, 8), date(2024, 5, 15), date(2024, 5, 29), date(2024, 6, 30))
# plausible values of the year after 山形県's: none of them is odd
VALUES = ("85.2%", "2,310人", "92.4億円", "7.6万時間", "90.1%", "9,010回", "731回")
# what is written of every section
TEXTS = {"done": "申請12手続をオンラインに移した。", "issues": "窓口の周知", "next_action": "周知を広げる"}


def make_edition(cast: Cast) -> Edition:
    plan = plans.create_plan(
        organisation=cast.sakura, name="行財政改革推進プラン", level_names=("柱", "取組"), by=None
    )
    fields = EditionFields("令和6年度までの取組", fiscal_year=2022, period=(2021, 2024))
    made = plans.create_edition(plan=plan, fields=fields, by=None)
    plans.build_edition(edition=made, filling=yamagata.filling(), by=None)
    for section in made.sections.all():
        plans.revise_section(
            section=section, fields=SectionFields(section.title, section.number, owner=cast.zeimu), by=None
        )
        planned = ItemFields("オンライン化を進める", kind="plan", fiscal_year=YEAR)
        plans.add_item(section=section, fields=planned, by=None)
    return plans.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=None)


def make_round(cast: Cast, edition: Edition) -> Round:
    fields = RoundFields(YEAR, "annual", "令和5年度の実績照会", DATES, message="期限までに提出してください。")
    return services.open_round(edition=edition, fields=fields, by=cast.takahashi)


def entry(sheet: Sheet, **values: str) -> SheetEntry:
    """A sheet filled with VALUES; `values` replace by place: f0="…"."""
    rows = list(sheet.figures.order_by("indicator__position"))
    texts = [values.get(f"f{place}", text) for place, text in enumerate(VALUES)]
    return SheetEntry(
        parts={part.pk: PartEntry(TEXTS) for part in sheet.parts.all()},
        figures={row.pk: FigureEntry(text=text) for row, text in zip(rows, texts, strict=True)},
    )


def saying(sheet: Sheet, **texts: str) -> SheetEntry:
    """An entry that writes this of the sheet's first section."""
    return SheetEntry(parts={sheet.parts.all()[0].pk: PartEntry(texts)})


def fill(sheet: Sheet, cast: Cast, **values: str) -> Sheet:
    """Save the sheet as 佐藤."""
    return services.save_sheet(sheet=sheet, entry=entry(sheet, **values), version=sheet.version, by=cast.sato)


def reasons(sheet: Sheet) -> dict[int, dict[str, str]]:
    """A written reason for every warning that the sheet has."""
    return {
        row.pk: {f["check"]: "資料で確かめた" for f in row.findings if f["level"] == "W"}
        for row in sheet.figures.all()
    }


def submit(sheet: Sheet, cast: Cast) -> Sheet:
    filled = fill(sheet, cast)
    return services.submit_sheet(sheet=filled, explanations=reasons(filled), by=cast.sato)


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_edition(cast)


@pytest.fixture
def round_(cast: Cast, edition: Edition) -> Round:
    return make_round(cast, edition)


@pytest.fixture
def sheet(round_: Round) -> Sheet:
    return round_.sheets.get()


@pytest.fixture
def kacho(cast: Cast):
    """森, chief of 税務課: the nearest confirmer, below 総務部長 鈴木."""
    mori = person(cast.sakura, "mori", "森")
    post(cast.zeimu, "税務課長", Role.CHIEF, mori)
    return mori
