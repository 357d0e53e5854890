"""A field kept to some roles, and one that is not public, at every door: none tells it to anybody else."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import metrics, queries, services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.models import Ledger, Record
from kaikaku.ledgers.reading import read_kind
from kaikaku.org.models import User
from kaikaku.plans.models import Edition, Plan
from kaikaku.ui.search import Wanted
from tests.cast import Cast
from tests.pages import Page

KIND = """code = "cars"
name = "公用車"
title = "name"
public = true
states = { active = "使用中", sold = "売却" }
closed = ["sold"]

[[fields]]
code = "name"
label = "名称"
type = "text"
required = true
public = true

[[fields]]
code = "fuel"
label = "燃料"
type = "choice"
choices = { petrol = "ガソリン", electric = "電気" }
public = true

[[fields]]
code = "guard"
label = "警備の区分"
type = "choice"
choices = { high = "特別警備", low = "通常警備" }
roles = ["secretariat", "chief"]

[[fields]]
code = "price"
label = "購入の希望額"
type = "money"
roles = ["secretariat", "chief"]

[[fields]]
code = "memo"
label = "庁内の覚え"
type = "text"

[[fields]]
code = "toll"
label = "通行の経費"
type = "money"
yearly = true
roles = ["secretariat", "chief"]

[[fields]]
code = "distance"
label = "走行距離"
type = "integer"
unit = "km"
yearly = true
public = true

[[metrics]]
code = "guarded"
name = "特別警備の台数"
definition = "特別警備の車の数"
unit = "台"
expression = 'count(guard == "high")'

[[metrics]]
code = "noted"
name = "覚えのある台数"
definition = "覚えのある車の数"
unit = "台"
expression = "count(not blank(memo))"
"""
KEPT = (
    "警備の区分",
    "特別警備",
    "購入の希望額",
    "7,654,321",
    "7654321",
    "通行の経費",
    "8,765,432",
    "8765432",
)
OWN = ("庁内の覚え", "鍵は当直室")

pytestmark = pytest.mark.django_db


@pytest.fixture
def cars(cast: Cast) -> Ledger:
    return services.open_ledger(organisation=cast.sakura, text=KIND, by=cast.takahashi)


@pytest.fixture
def car(cast: Cast, cars: Ledger) -> Record:
    """A public car of 税務課, written by its chief."""
    values = {"name": "一号車", "guard": "high", "price": "7654321", "memo": "鍵は当直室", "fuel": "electric"}
    fields = RecordFields(department=cast.zeimu, state="active", public=True, values=values)
    row = services.write_record(ledger=cars, fields=fields, by=cast.suzuki)
    services.write_figures(
        record=row, fiscal_year=2025, values={"toll": "8765432", "distance": 1200}, by=cast.suzuki
    )
    return row


def workbook(page: Page, ledger: Ledger) -> str:
    answer = page.client.get(reverse("ledgers:workbook", args=[ledger.pk]))
    if answer.status_code != 200:
        return ""
    book = load_workbook(io.BytesIO(answer.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def told_to(page: Page, user: User, record: Record) -> dict[str, str]:
    """All that a person is told of the record, by door."""
    page.sign_in(user)

    def html(name: str, key: int, **query: str) -> str:
        return page.client.get(reverse(f"ledgers:{name}", args=[key]), query).content.decode()

    return {
        "record": html("record", record.pk),
        "list": html("ledger", record.ledger_id),
        "measures": html("measures", record.ledger_id),
        "form": html("revise_record", record.pk) + html("figures", record.pk, year="2025"),
        "csv": html("csv", record.ledger_id),
        "workbook": workbook(page, record.ledger),
        "search": page.client.get("/search/", {"q": "一号車"}).content.decode(),
    }


def test_a_clerk_an_executive_and_an_employee_are_told_the_kept_field_at_no_door(
    cast: Cast, page: Page, car: Record
) -> None:
    for user in (cast.sato, cast.ito, cast.kobayashi):
        told = told_to(page, user, car)
        assert "一号車" in told["record"]
        leaks = [(name, words) for name, text in told.items() for words in KEPT if words in text]
        assert leaks == []


def test_the_chief_is_told_it(cast: Cast, page: Page, car: Record) -> None:
    told = told_to(page, cast.suzuki, car)
    assert "特別警備" in told["record"]
    assert "7,654,321" in told["record"]
    assert "7654321" in told["workbook"]
    assert "8,765,432" in told["record"]


def test_an_employee_is_not_told_what_is_not_public(cast: Cast, page: Page, car: Record) -> None:
    told = told_to(page, cast.kobayashi, car)
    assert [(name, words) for name, text in told.items() for words in OWN if words in text] == []
    assert "鍵は当直室" in told_to(page, cast.sato, car)["record"]


def test_nobody_finds_filters_or_sorts_by_what_they_cannot_see(cast: Cast, cars: Ledger, car: Record) -> None:
    other = RecordFields(department=cast.zeimu, state="active", public=True, values={"name": "二号車"})
    second = services.write_record(ledger=cars, fields=other, by=cast.suzuki)
    for asked in (
        queries.Asked(words="特別警備"),
        queries.Asked(words="7,654,321"),
    ):
        assert not queries.found_records(cast.sato, cars, asked).exists()
    for user in (cast.sato, cast.kobayashi):
        assert "guard" not in {field.code for field in queries.filters_of(user, cars.kind)}
        # asked for by hand, in the address: as if it had not been
        by_hand = queries.Asked(chosen={"guard": "low"}, sort="price")
        assert [one.pk for one in queries.found_records(user, cars, by_hand)] == [second.pk, car.pk]
    assert not queries.found_records(cast.kobayashi, cars, queries.Asked(words="当直室")).exists()
    assert not [hit for group in queries.found_for(cast.kobayashi, Wanted.of("当直室")) for hit in group.hits]


def test_the_records_behind_a_metric_are_for_those_who_see_its_fields(cast: Cast, car: Record) -> None:
    by_code = {one.code: one for one in metrics.metrics_for(cast.sakura)}
    keys = [f"record:{car.pk}"]
    guarded, noted = by_code["ledgers.cars.guarded"], by_code["ledgers.cars.noted"]
    assert list(guarded.visible(cast.suzuki, keys)) == keys
    assert [list(guarded.visible(user, keys)) for user in (cast.sato, cast.ito, cast.kobayashi)] == [[]] * 3
    assert list(noted.visible(cast.sato, keys)) == keys
    assert list(noted.visible(cast.kobayashi, keys)) == []
    assert guarded.measure(cast.sakura, 2026, {}).value == Decimal(1)


def test_a_field_kept_back_later_is_kept_back_in_the_history_too(
    cast: Cast, page: Page, cars: Ledger, car: Record
) -> None:
    text = cars.text.replace(
        'label = "庁内の覚え"\ntype = "text"',
        """label = "庁内の覚え"
type = "text"
roles = ["secretariat"]""",
    )
    assert "鍵は当直室" in told_to(page, cast.sato, car)["record"]
    services.change_ledger(ledger=cars, text=text, version=1, by=cast.takahashi)
    for user in (cast.sato, cast.suzuki):
        assert "鍵は当直室" not in told_to(page, user, car)["record"]
    assert "鍵は当直室" in told_to(page, cast.takahashi, car)["record"]


def test_a_publication_tells_public_fields_alone_and_says_what_they_mean(cast: Cast, car: Record) -> None:
    edition = Edition(plan=Plan.objects.create(organisation=cast.sakura, name="計画"), fiscal_year=2026)
    chapter = queries.chapter_for(edition)
    assert chapter is not None
    records, years, meaning = chapter.tables
    assert years.header == ("名称", "年度", "走行距離（km）")
    assert years.rows == (("一号車", "令和7年度", "1,200"),)
    assert records.header == ("名称", "燃料", "状態")
    assert records.rows == (("一号車", "電気", "使用中"),)
    assert meaning.rows == (
        ("名称", "文字（1行）", "—", "—"),
        ("燃料", "選択（1つ）", "—", "ガソリン、電気"),
        ("走行距離", "整数", "km", "—"),
    )
    assert not [words for words in (*KEPT, *OWN, "特別警備の台数") if words in str(chapter)]


def test_a_metric_of_a_kept_field_cannot_be_public() -> None:
    text = KIND.replace(
        """expression = 'count(guard == "high")\'""",
        """expression = 'count(guard == "high")'
public = true""",
    )
    with pytest.raises(RuleViolation, match="見る人を限った「警備の区分」を使う集計は、公開できません"):
        read_kind(text)
