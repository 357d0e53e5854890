"""A plan of さくら県 that the tests of this folder work on."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import services
from kaikaku.plans.entries import EditionFields, FootnoteFields, ItemFields, SectionFields, TableFields
from kaikaku.plans.models import Edition, Indicator, Plan
from tests.cast import Cast
from tests.plans import yamagata
from tests.plans.drafts import drafted


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return services.create_plan(
        organisation=cast.sakura, name="行財政改革推進プラン", level_names=("柱", "取組"), by=cast.takahashi
    )


@pytest.fixture
def edition(cast: Cast, plan: Plan) -> Edition:
    """An edition with the seven indicators of 山形県 under three pillars, rated by 岩手県's scale."""
    fields = EditionFields(title="令和4年度の取組状況", fiscal_year=2022, period=(2021, 2024))
    made = services.create_edition(plan=plan, fields=fields, by=cast.takahashi)
    services.build_edition(edition=made, filling=yamagata.filling(), by=cast.takahashi)
    return services.change_scheme(
        edition=made, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=cast.takahashi
    )


@pytest.fixture
def online(edition: Edition) -> Indicator:
    """オンラインで利用できる県独自の行政手続の割合."""
    return edition.indicators.order_by("position")[0]


@pytest.fixture
def last(edition: Edition, cast: Cast) -> Edition:
    """The edition of 令和4年度 with an initiative below the first pillar, its lines, a table and a note."""
    top = edition.sections.order_by("position")[0]
    fields = SectionFields("庁内複業の推進", "①", body="他部局の仕事に挑戦する。", owner=cast.zeimu)
    made = services.add_section(edition=edition, fields=fields, parent=top, by=None)
    for kind, year, text in (
        ("achievement", 2022, "3人が参加した"),
        ("plan", 2022, "制度を試行する"),
        ("plan", 2023, "対象を広げる"),
        ("", None, "所属長の了解を得る"),
    ):
        services.add_item(section=made, fields=ItemFields(text, kind=kind, fiscal_year=year), by=None)
    services.add_table(edition=edition, section=made, fields=TableFields(("区分",), (("県",),)), by=None)
    services.add_footnote(edition=edition, fields=FootnoteFields("見込み", "※"), by=None)
    return edition


@pytest.fixture
def draft(last: Edition, cast: Cast) -> Edition:
    return drafted(last, cast)
