"""Records: what counts, who sees what, and that no change of a kind loses a value."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kaikaku.audit.queries import history_of
from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import metrics, queries, services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.models import Ledger, Record
from kaikaku.reporting.measuring import Measured
from kaikaku.ui.search import Wanted
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.ledgers import register
from tests.pages import Page

pytestmark = pytest.mark.django_db


def write(
    cast: Cast, ledger: Ledger, *, state: str = "active", public: bool = False, **values: Any
) -> Record:
    fields = RecordFields(department=cast.zeimu, state=state, public=public, values=values)
    return services.write_record(ledger=ledger, fields=fields, by=None)


def measured(ledger: Ledger, code: str, year: int) -> Measured:
    spec = next(one for one in ledger.kind.metrics if one.code == code)
    return metrics.measure_ledger(ledger, spec, year)


def test_yamagatas_71_5_per_cent_comes_out_of_records(cast: Cast) -> None:
    """山形県 令和4年度: 条例等に基づく行政手続の71.5%をオンライン化 (seed 001)."""
    ledger = register.ledger(cast, "procedures")
    for n in range(200):
        online = "yes" if n < 143 else "no"
        write(cast, ledger, name=f"手続{n}", basis="ordinance", online=online)
    for n in range(10):
        write(cast, ledger, name=f"国の手続{n}", basis="law", online="no")
    found = measured(ledger, "online_share", 2022)
    assert found.value == Decimal("71.5")
    assert found.records.count == 200
    assert "143 ÷ 200" in found.computed_from


def test_aomoris_five_new_agreements_make_sixteen_at_the_years_end(cast: Cast, agreements: Ledger) -> None:
    """青森県 令和4年度: 包括協定締結件数 +5件（R4年度末 16件） (seed 002)."""
    for n in range(11):
        write(cast, agreements, partner=f"前からの相手{n}", signed_on=date(2018, 6, 1))
    for n in range(5):
        write(cast, agreements, partner=f"新しい相手{n}", signed_on=date(2022, 5 + n, 1))
    write(
        cast, agreements, state="ended", partner="終えた相手", signed_on="2015-04-01", ended_on="2023-01-31"
    )
    assert measured(agreements, "new", 2022).value == 5
    assert measured(agreements, "standing", 2022).value == 16
    assert measured(agreements, "new", 2023).value == 0


def test_a_ledger_without_records_counts_nothing_and_says_why(agreements: Ledger) -> None:
    found = measured(agreements, "new", 2022)
    assert found.value is None
    assert found.reason == "台帳「包括連携協定」に記録がありません。"


def test_the_figures_of_a_year_are_counted_in_that_year(cast: Cast, agreement: Record) -> None:
    services.write_figures(record=agreement, fiscal_year=2022, values={"actions": "3"}, by=cast.sato)
    services.write_figures(record=agreement, fiscal_year=2023, values={"actions": "8"}, by=cast.sato)
    assert measured(agreement.ledger, "actions", 2022).value == 3
    assert measured(agreement.ledger, "actions", 2023).value == 8


def test_a_year_whose_figures_nobody_wrote_is_not_nought(agreement: Record) -> None:
    found = measured(agreement.ledger, "actions", 2022)
    assert found.value is None
    assert found.reason == "令和4年度の値が、まだ記録されていません。"


def test_the_page_of_totals_says_what_each_metric_says(cast: Cast) -> None:
    ledger = register.ledger(cast, "procedures")
    for n in range(6):
        online = "yes" if n < 4 else "no"
        row = write(cast, ledger, name=f"手続{n}", basis="ordinance", online=online, analog=["seal", "paper"])
    services.write_figures(record=row, fiscal_year=2024, values={"cases": 12}, by=cast.sato)
    years = [2024, 2025]
    found = queries.totals(ledger, ledger.kind.metrics, years)
    for spec in ledger.kind.metrics:
        for year in years:
            total = found[spec.code, year]
            assert total is not None
            assert total.value == measured(ledger, spec.code, year).value


def test_a_withdrawn_record_is_not_counted_until_it_is_restored(cast: Cast, agreement: Record) -> None:
    other = register.agreement(cast, agreement.ledger)
    services.withdraw_record(record=other, reason="二重に記録した", by=cast.sato)
    assert measured(agreement.ledger, "new", 2022).value == 1
    services.restore_record(record=other, by=cast.takahashi)
    assert measured(agreement.ledger, "new", 2022).value == 2


def test_a_metric_asks_as_often_for_many_records_as_for_few(cast: Cast, agreement: Record) -> None:
    def run() -> object:
        return measured(agreement.ledger, "standing", 2022).records.parts()

    assert_constant_queries(
        run,
        lambda: [register.agreement(cast, agreement.ledger) for _ in range(5)],
    )


def test_the_records_behind_a_figure_open_by_their_address(agreement: Record) -> None:
    refs = list(measured(agreement.ledger, "new", 2022).records)
    assert [(one.label, one.url) for one in refs] == [
        ("みほん銀行", reverse("ledgers:record", args=[agreement.pk]))
    ]


# --- who may ------------------------------------------------------------------------------------------


def test_a_clerk_does_not_write_for_another_section(cast: Cast, agreements: Ledger) -> None:
    fields = RecordFields(department=cast.gyokaku, state="active", values={"partner": "X"})
    with pytest.raises(RuleViolation, match="所管の所属"):
        services.write_record(ledger=agreements, fields=fields, by=cast.sato)


def test_a_record_of_another_government_is_not_there(cast: Cast, page: Page, agreement: Record) -> None:
    page.sign_in(cast.nakamura)
    page.get(reverse("ledgers:record", args=[agreement.pk]), status=404)


def test_an_employee_reads_public_fields_of_public_records_alone(cast: Cast, agreements: Ledger) -> None:
    public = register.agreement(cast, agreements, public=True, exit="3か月前に申し出る")
    register.agreement(cast, agreements)
    found = queries.found_records(cast.kobayashi, agreements, queries.Asked())
    assert [one.pk for one in found] == [public.pk]
    assert "exit" not in {field.code for field in queries.seen_fields(cast.kobayashi, agreements.kind)}
    assert not list(queries.found_records(cast.kobayashi, agreements, queries.Asked(words="申し出る")))
    assert not list(queries.found_records(cast.watanabe, agreements, queries.Asked()))


SECRET = "987654321"


@pytest.fixture
def priced(cast: Cast, contracts: Ledger) -> Record:
    """A public contract whose planned price only those who deal with contracts may see."""
    return write(
        cast,
        contracts,
        public=True,
        name="庁舎の清掃",
        signed_on="2026-04-01",
        electronic="yes",
        amount="5000000",
        planned_price=SECRET,
    )


@pytest.mark.parametrize("who", ["ito", "kobayashi"])
def test_a_field_kept_to_some_roles_shows_at_no_door(
    cast: Cast, page: Page, priced: Record, who: str
) -> None:
    user = getattr(cast, who)
    page.sign_in(user)
    for name, key in (("record", priced.pk), ("ledger", priced.ledger_id), ("measures", priced.ledger_id)):
        html = page.get(reverse(f"ledgers:{name}", args=[key])).response.content.decode()
        assert "987,654,321" not in html
        assert SECRET not in html
        assert "予定価格" not in html
    table = page.client.get(reverse("ledgers:csv", args=[priced.ledger_id])).content.decode("utf-8-sig")
    assert "庁舎の清掃" in table
    assert SECRET not in table
    assert not [hit for group in queries.found_for(user, Wanted.of("987,654,321")) for hit in group.hits]


def test_the_workbook_of_an_executive_leaves_the_kept_field_out(
    cast: Cast, page: Page, priced: Record
) -> None:
    from openpyxl import load_workbook

    def heads(user: Any) -> list[Any]:
        page.sign_in(user)
        data = page.client.get(reverse("ledgers:workbook", args=[priced.ledger_id])).content
        return [cell.value for cell in load_workbook(io.BytesIO(data))["記録"][1]]

    assert "予定価格（円）" not in heads(cast.ito)
    assert "予定価格（円）" in heads(cast.sato)


def test_the_log_does_not_tell_the_kept_value(cast: Cast, priced: Record) -> None:
    services.revise_record(
        record=priced,
        fields=RecordFields(
            department=cast.zeimu, state="active", public=True, values={"planned_price": "123456789"}
        ),
        version=None,
        by=cast.sato,
    )
    told = [f"{entry.old}{entry.new}" for entry in history_of(cast.sato, priced)]
    assert len(told) == 2
    assert not any("123,456,789" in one or "987,654,321" in one for one in told)


def test_what_a_person_cannot_see_they_cannot_empty(cast: Cast, priced: Record) -> None:
    row = services.revise_record(
        record=priced,
        fields=RecordFields(
            department=cast.zeimu, state="finished", public=True, values={"planned_price": ""}
        ),
        version=None,
        by=None,
    )
    assert "planned_price" not in row.values
    services.revise_record(
        record=priced,
        fields=RecordFields(department=cast.zeimu, state="active", values={"planned_price": "5"}),
        version=None,
        by=cast.takahashi,
    )
    assert Record.objects.get(pk=priced.pk).values["planned_price"] == "5"


def test_the_publication_holds_public_fields_alone(cast: Cast, priced: Record) -> None:
    from kaikaku.plans.models import Edition, Plan

    plan = Plan.objects.create(organisation=cast.sakura, name="計画")
    chapter = queries.chapter_for(Edition(plan=plan, title="版", fiscal_year=2026))
    assert chapter is not None
    said = str(chapter)
    assert "庁舎の清掃" in said
    assert "予定価格" not in said
    assert "987" not in said


# --- changing -----------------------------------------------------------------------------------------


def test_two_who_change_one_record_do_not_overwrite_each_other(cast: Cast, agreement: Record) -> None:
    fields = RecordFields(department=cast.zeimu, state="active", values={"name": "包括協定"})
    services.revise_record(record=agreement, fields=fields, version=1, by=cast.sato)
    with pytest.raises(RuleViolation, match="ほかの人が変更"):
        services.revise_record(record=agreement, fields=fields, version=1, by=cast.takahashi)


def changed(ledger: Ledger, *pairs: tuple[str, str]) -> str:
    text = ledger.text
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_field_with_values_is_renamed_with_all_of_them(cast: Cast, agreement: Record) -> None:
    ledger = agreement.ledger
    text = changed(ledger, ('code = "items"', 'code = "matters"\nwas = "items"'))
    services.revise_record(
        record=agreement,
        fields=RecordFields(department=cast.zeimu, state="active", values={"items": "見守り"}),
        version=None,
        by=cast.sato,
    )
    services.change_ledger(ledger=ledger, text=text, version=1, by=cast.takahashi)
    assert Record.objects.get(pk=agreement.pk).values["matters"] == "見守り"


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([('code = "signed_on"', 'code = "begun_on"')], "式の"),
        ([('code = "partner_number"', 'code = "number"')], "項目「相手方の法人番号」には1件の値があります"),
        (
            [
                (
                    '分野"\ntype = "choices"',
                    '分野"\ntype = "choice"',
                )
            ],
            "種類は",
        ),
        ([('welfare = "健康・福祉", ', "")], "選択肢「健康・福祉」は1件で使われており"),
        (
            [('active = "締結"', 'signed = "締結"'), ('state == "active"', 'state == "signed"')],
            "状態「締結」の記録が1件",
        ),
        ([('code = "agreements"', 'code = "agreement"')], "記号「agreements」は変えられません"),
    ],
)
def test_a_change_that_would_lose_a_value_is_refused_with_the_count(
    cast: Cast, agreements: Ledger, pairs: list[tuple[str, str]], words: str
) -> None:
    row = register.agreement(cast, agreements, partner_number="7000012050002", areas=["welfare"])
    with pytest.raises(RuleViolation, match=words):
        services.change_ledger(
            ledger=agreements, text=changed(agreements, *pairs), version=1, by=cast.takahashi
        )
    assert Record.objects.get(pk=row.pk).values == row.values
    assert Ledger.objects.get(pk=agreements.pk).version == 1


def test_a_choice_becomes_one_of_several(cast: Cast) -> None:
    ledger = register.ledger(cast, "contracts")
    row = write(cast, ledger, name="清掃", type="service", signed_on="2026-04-01", electronic="no")
    text = changed(ledger, ('の種類"\ntype = "choice"', 'の種類"\ntype = "choices"'))
    services.change_ledger(ledger=ledger, text=text, version=1, by=cast.takahashi)
    assert Record.objects.get(pk=row.pk).values["type"] == ["service"]


def test_a_day_by_which_something_is_to_be_done_is_told_to_the_section(
    cast: Cast, agreements: Ledger
) -> None:
    register.agreement(cast, agreements, ends_on="2027-03-31")
    assert not queries.tasks_for(cast.sato, on=date(2026, 10, 1))
    told = queries.tasks_for(cast.sato, on=date(2026, 10, 2))
    assert [(one.what, one.state) for one in told] == [("協定を続けるか決める", "あと180日")]
    assert queries.tasks_for(cast.sato, on=date(2027, 4, 1))[0].late


# --- Excel --------------------------------------------------------------------------------------------


def test_a_workbook_that_comes_back_changes_only_the_cells_that_were_changed(cast: Cast) -> None:
    found = register.intake(cast)
    assert [(one["code"], one["was"], one["now"], one["error"]) for one in found.cells] == [
        ("name", "", "新しい名称", "")
    ]
    assert services.take_intake(intake=found, by=cast.takahashi).cells == 1
    row = Record.objects.get(ledger=found.ledger)
    assert row.values["name"] == "新しい名称"
    assert row.values["partner"] == "みほん銀行"
    with pytest.raises(RuleViolation, match="もう処理"):
        services.take_intake(intake=found, by=cast.takahashi)
    assert row.version == 2


def test_the_totals_of_many_years_ask_as_often_for_many_records_as_for_few(
    cast: Cast, agreement: Record
) -> None:
    def add() -> None:
        for n in range(4):
            row = register.agreement(cast, agreement.ledger, signed_on=date(2019 + n, 3, 31))
            services.write_figures(record=row, fiscal_year=2024, values={"actions": n}, by=cast.sato)

    metrics_ = agreement.ledger.kind.metrics
    add()
    assert_constant_queries(lambda: queries.totals(agreement.ledger, metrics_, range(2020, 2027)), add)


@pytest.mark.parametrize("ends", ["2025-03-30", "2025-03-31", "2025-04-01", "2026-03-31", None])
def test_what_ends_on_the_last_day_of_a_year_stands_on_it(
    cast: Cast, agreements: Ledger, ends: str | None
) -> None:
    """Days are counted by their fiscal years; what hangs on the very day must not be lost by that."""
    write(cast, agreements, partner="A", signed_on="2020-03-31", ended_on=ends)
    for year in (2019, 2024, 2025):
        stands = ends is None or date.fromisoformat(ends) >= date(year + 1, 3, 31)
        found = measured(agreements, "standing", year)
        assert found.value == stands
        assert [one.contribution for one in found.records] == [1] * stands


def test_a_day_that_is_compared_is_counted_by_the_day(cast: Cast) -> None:
    text = KIND_WITH_DAY
    ledger = services.open_ledger(organisation=cast.sakura, text=text, by=cast.takahashi)
    for day in ("2026-05-01", "2026-06-01"):
        write(cast, ledger, name=day, day=day)
    assert measured(ledger, "late", 2026).value == 1


KIND_WITH_DAY = """code = "days"
name = "日"
title = "name"
states = { active = "有効" }

[[fields]]
code = "name"
label = "名称"
type = "text"
required = true

[[fields]]
code = "day"
label = "日"
type = "date"

[[metrics]]
code = "late"
name = "遅いもの"
definition = "5月15日より後で、その年度のもの"
unit = "件"
expression = 'count(in_year(day) and day > "2026-05-15")'
"""
