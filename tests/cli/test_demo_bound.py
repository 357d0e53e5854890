"""What 山形県 and 青森県 published, beside what their records say."""

from decimal import Decimal

import pytest

from kaikaku.cli.demo.prefectures import SAMPLES, Sample
from kaikaku.org import queries as org
from kaikaku.reporting import queries

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SLUGS = {sample.slug: sample for sample in SAMPLES}


def compared(sample: Sample) -> dict[str, tuple[str, str, Decimal | None]]:
    """(as published, as counted, difference) of 令和4年度 by the indicator's name."""
    sample.load()
    office = org.user_by_name(sample.slug)
    assert office is not None
    found = {}
    for row in queries.bound_list(office):
        [year, *_] = queries.years_of(row.bound, row.indicator, last=2022)
        assert year.figure is not None
        found[row.indicator.name] = (year.figure.text, year.live.text, year.difference)
    return found


def test_yamagatas_share_and_hours_come_out_of_records() -> None:
    assert compared(SLUGS["yamagata"]) == {
        "オンラインで利用できる県独自の行政手続の割合": ("71.5%", "71.5%", 0),
        "事務事業の見直し・改善(削減事務量)": ("7.3万時間", "73,000時間（R3～R4年度累計）", 0),
    }


def test_aomoris_projects_hours_and_agreements_come_out_of_records() -> None:
    assert compared(SLUGS["aomori"]) == {
        "青森県庁版BPRの着手件数": ("51件", "51件", 0),
        "青森県庁版BPRによる業務削減時間": ("16,843時間", "16,843時間（R元～R4年度累計）", 0),
        "包括連携協定の締結件数（年度末）": ("16件", "16件", 0),
    }
