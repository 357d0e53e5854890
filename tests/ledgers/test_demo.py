"""The registers of the demo: two published totals come out of them exactly, and five years of みほん県."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.cli.demo import ledgers, mihon, prefectures
from kaikaku.cli.demo.accounts import Account
from kaikaku.cli.demo.clock import Story
from kaikaku.cli.demo.crew import Crew, Reasons
from kaikaku.core.eras import parse_date
from kaikaku.ledgers import metrics
from kaikaku.ledgers.models import Record
from kaikaku.ledgers.queries import chapter_for
from kaikaku.ledgers.reading import shipped_texts
from kaikaku.org import services as org
from kaikaku.org.models import Organisation
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition
from kaikaku.reporting.measuring import Measured

pytestmark = pytest.mark.django_db


def value(organisation: Organisation, code: str, year: int) -> Measured:
    [metric] = [one for one in metrics.metrics_for(organisation) if one.code == code]
    return metric.measure(organisation, year, {})


@pytest.fixture
def yamagata() -> Organisation:
    return next(one for one in prefectures.SAMPLES if one.slug == "yamagata").load()


@pytest.fixture
def aomori() -> Organisation:
    return next(one for one in prefectures.SAMPLES if one.slug == "aomori").load()


def test_yamagatas_share_comes_out_of_stand_ins_that_cite_its_line(yamagata: Organisation) -> None:
    found = value(yamagata, "ledgers.procedures.online_share", 2022)
    assert found.value == Decimal("71.5")
    assert found.computed_from.endswith("143 ÷ 200")
    rows = Record.objects.filter(ledger__organisation=yamagata).select_related("citation")
    assert all(row.stand_in and row.citation is not None and "71.5%" in row.citation.quote for row in rows)


def test_of_years_that_yamagata_did_not_publish_nothing_is_counted(yamagata: Organisation) -> None:
    for year in (2021, 2023):
        found = value(yamagata, "ledgers.procedures.online_share", year)
        assert found.value is None
        assert found.reason == "台帳「行政手続」に記録が揃っている年度は、令和4年度です。"


def test_aomoris_five_new_agreements_make_sixteen(aomori: Organisation) -> None:
    assert value(aomori, "ledgers.agreements.new", 2022).value == 5
    assert value(aomori, "ledgers.agreements.standing", 2022).value == 16
    rows = Record.objects.filter(ledger__organisation=aomori).select_related("citation")
    assert all(row.stand_in and row.citation is not None for row in rows)
    assert not any("signed_on" in row.values for row in rows)


def test_a_publication_tells_the_total_and_lists_no_stand_in(yamagata: Organisation) -> None:
    edition = Edition.objects.get(plan__organisation=yamagata)
    chapter = chapter_for(edition)
    assert chapter is not None
    [said] = chapter.paragraphs
    assert "名称のわからない200件" in said
    assert "71.5%" in said
    assert "すべての手続" not in said
    assert "アナログ規制" not in said
    assert chapter.tables == ()


@pytest.fixture
def mihon_ledgers(db: None) -> Organisation:
    """みほん県 with its sections and an office, and its twelve ledgers."""
    opened = date(2020, 4, 1)
    organisation = org.create_organisation(name="みほん県", kana="みほんけん", slug="mihon", by=None)
    office = org.create_user(
        organisation=organisation, username="jimukyoku", name="森", password=None, by=None
    )
    for section in sorted({row.section for _, rows in ledgers.tables() for row in rows} | {"行政改革課"}):
        made = org.open_department(organisation=organisation, name=section, opened=opened, by=None)
        if section == "行政改革課":
            post = org.open_post(department=made, title="主幹", role=Role.SECRETARIAT, opened=opened, by=None)
            org.appoint(post=post, user=office, from_day=opened, by=None)
    story = Story()
    crew = Crew([Account("jimukyoku", "森", "")], Reasons({}, {}))
    ledgers.tell_last_year(crew, story)
    ledgers.tell(crew, story)
    story.play()
    return organisation


def test_every_shipped_kind_has_records(mihon_ledgers: Organisation) -> None:
    assert [code for code, _ in ledgers.tables()] == [
        "procedures", "agreements", "contracts", "designated_managers", "ppp", "corporations",
        "properties", "subsidies", "trainings", "dialogues", "drills", "generative_ai",
    ]  # fmt: skip
    assert {code for code, _ in ledgers.tables()} == set(shipped_texts())
    used = Record.objects.filter(ledger__organisation=mihon_ledgers).values_list("ledger__code", flat=True)
    assert set(used) == set(shipped_texts())
    assert audit.verify(mihon_ledgers) == []


def test_nothing_is_told_before_it_happened(mihon_ledgers: Organisation) -> None:
    """What a record says of a day was not written before that day, unless as planned."""
    for entry in Entry.objects.filter(action__startswith="ledgers.record.", organisation=mihon_ledgers):
        if (entry.new or {}).get("状態") in ("予定", None):
            continue
        days = [
            entry.new.get(label) for label in ("開催日", "実施日", "契約日", "締結日", "オンライン化した日")
        ]
        told = [day for text in days if text and (day := parse_date(text))]
        assert all(day <= entry.at.date() for day in told), entry.new


# an indicator of みほん県's plan: the metric that counts the same, in which unit of the indicator, cumulative
SAME = {
    "オンラインで申請できる手続の割合": ("procedures.online_share", 1, False),
    "オンライン申請の利用件数": ("procedures.online_cases", 1, False),
    "企業との包括連携協定の数": ("agreements.standing", 1, False),
    "知事と県民との対話の開催回数": ("dialogues.governor", 1, False),
    "外部委託した補助金事務の数": ("subsidies.outsourced", 1, False),
    "生成AIを月に1回以上使う職員の割合": ("generative_ai.used_share", 1, False),
    "デジタル研修の修了者数": ("trainings.digital", 1, True),
    "広告・貸付による収入": ("properties.income", 10**8, False),
    "未利用の県有地の売却額": ("properties.sales", 10**8, True),
}


def test_five_years_of_nine_indicators_come_out_of_the_registers(mihon_ledgers: Organisation) -> None:
    rows = {row["name"]: row for row in mihon.table(mihon.TABLE)}
    by_code = {one.code: one for one in metrics.metrics_for(mihon_ledgers)}
    for name, (code, unit, cumulative) in SAME.items():
        total = Decimal(0)
        for year in range(mihon.FIRST, mihon.LAST + 1):
            told = rows[name][f"actual_{year}"].removesuffix(rows[name]["unit"]).replace(",", "")
            found = by_code[f"ledgers.{code}"].measure(mihon_ledgers, year, {}).value
            if told == "—":
                assert found is None
                continue
            assert found is not None
            total = total + found if cumulative else found
            places = Decimal(1).scaleb(-len(told.partition(".")[2]))
            assert (total / unit).quantize(places, ROUND_HALF_UP) == Decimal(told), (name, year)
