"""A plan of さくら県 that the tests of this folder work on."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import services
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition, Indicator, Plan
from tests.cast import Cast
from tests.plans import yamagata


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
