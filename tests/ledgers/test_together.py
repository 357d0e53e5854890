"""Two people at one record: each sees what the other wrote, chooses, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.merging import Difference, differences
from kaikaku.ledgers.models import Record, YearFigure
from kaikaku.org.models import User
from tests.cast import Cast
from tests.ledgers import register
from tests.pages import Page


def test_only_what_differs_is_asked_and_what_one_alone_changed_is_chosen() -> None:
    base = {"a": "1", "b": "1", "c": "1", "d": "1"}
    theirs = {"a": "2", "b": "1", "c": "2", "d": "2"}
    mine = {"a": "1", "b": "3", "c": "3", "d": "2"}
    assert differences("abcd", base=base, theirs=theirs, mine=mine) == [
        Difference("a", "2", "1", "theirs"),
        Difference("b", "1", "3", "mine"),
        Difference("c", "2", "3"),
    ]


def test_where_the_beginning_is_not_known_nothing_is_chosen() -> None:
    assert differences("a", base=None, theirs={"a": "2"}, mine={"a": None}) == [Difference("a", "2", None)]


pytestmark = pytest.mark.django_db


def revise(record: Record, by: User, version: int | None, **values: Any) -> None:
    fields = RecordFields(department=record.department, state=record.state, values=values)
    services.revise_record(record=record, fields=fields, version=version, by=by)


@pytest.fixture
def opened(cast: Cast, page: Page, agreement: Record) -> dict[str, str]:
    """The form that 佐藤 has open while 高橋 changes the partner's name and the areas."""
    page.sign_in(cast.sato)
    boxes = page.get(reverse("ledgers:revise_record", args=[agreement.pk])).find("//main//input[@name]")
    fields = {
        str(box.get("name")): str(box.get("value", ""))
        for box in boxes
        if box.get("type") not in ("checkbox", "radio")
    }
    revise(agreement, cast.takahashi, 1, partner="みほん中央銀行", cost="無償")
    return fields | {"state": agreement.state, "department": str(agreement.department_id)}


def test_whoever_comes_second_sees_both_and_overwrites_nothing(
    page: Page, agreement: Record, opened: dict[str, str]
) -> None:
    address = reverse("ledgers:revise_record", args=[agreement.pk])
    typed = {**opened, "v_partner": "みほん第一銀行", "v_name": "見守りの協定"}
    shown = page.post(address, typed, status=409)
    for words in ("高橋", "みほん中央銀行", "みほん第一銀行", "見守りの協定", "無償"):
        assert shown.says(words)
    stands = Record.objects.get(pk=agreement.pk)
    assert (stands.title, stands.values.get("name")) == ("みほん中央銀行", None)


def test_the_second_chooses_field_by_field(
    cast: Cast, page: Page, agreement: Record, opened: dict[str, str]
) -> None:
    address = reverse("ledgers:revise_record", args=[agreement.pk])
    mine = {"partner": "みほん第一銀行", "name": "見守りの協定", "cost": None}
    answer = {
        "settle": "1",
        "version": "2",
        "mine": json.dumps(mine),
        "pick-partner": "theirs",
        "pick-name": "mine",
        "pick-cost": "theirs",
    }
    page.post(address, answer)
    stands = Record.objects.get(pk=agreement.pk)
    assert stands.title == "みほん中央銀行"
    assert stands.values["name"] == "見守りの協定"
    assert stands.values["cost"] == "無償"


def test_a_third_who_was_faster_still_is_shown_again(
    cast: Cast, page: Page, agreement: Record, opened: dict[str, str]
) -> None:
    revise(agreement, cast.takahashi, 2, name="新しい名称")
    address = reverse("ledgers:revise_record", args=[agreement.pk])
    answer = {"settle": "1", "version": "2", "mine": json.dumps({"name": "私の名称"}), "pick-name": "mine"}
    assert page.post(address, answer, status=409).says("新しい名称")
    assert Record.objects.get(pk=agreement.pk).values["name"] == "新しい名称"


def test_an_answer_that_no_form_carries_changes_nothing(
    page: Page, agreement: Record, opened: dict[str, str]
) -> None:
    address = reverse("ledgers:revise_record", args=[agreement.pk])
    for mine in ("[", "[]", '{"areas": {"a": 1}}', '{"partner": [1]}'):
        answer = {"settle": "1", "version": "2", "mine": mine, "pick-partner": "mine", "pick-areas": "mine"}
        page.post(address, answer)
    assert Record.objects.get(pk=agreement.pk).title == "みほん中央銀行"


def test_the_values_of_a_year_meet_in_the_same_way(cast: Cast, page: Page, agreement: Record) -> None:
    page.sign_in(cast.sato)
    address = reverse("ledgers:figures", args=[agreement.pk])
    typed = {"fiscal_year": "令和7年度", "year": "2025", "version": "0", "base": "{}", "v_actions": "3"}
    services.write_figures(record=agreement, fiscal_year=2025, values={"actions": 5}, by=cast.takahashi)
    page.post(address, typed, status=409)
    assert YearFigure.objects.get().values == {"actions": "5"}
    answer = {
        "settle": "1",
        "year": "2025",
        "version": "1",
        "mine": json.dumps({"actions": "3"}),
        "pick-actions": "mine",
    }
    page.post(address, answer)
    assert YearFigure.objects.get().values == {"actions": "3"}


def test_a_year_typed_over_another_is_not_emptied_unseen(cast: Cast, page: Page, agreement: Record) -> None:
    """The form was opened for 令和7年度; 令和6年度, typed in its place, has values that were not shown."""
    services.write_figures(record=agreement, fiscal_year=2024, values={"actions": 5}, by=cast.takahashi)
    page.sign_in(cast.sato)
    typed = {"fiscal_year": "令和6年度", "year": "2025", "version": "0", "base": "{}", "v_results": "よい"}
    page.post(reverse("ledgers:figures", args=[agreement.pk]), typed, status=409)
    assert YearFigure.objects.get().values == {"actions": "5"}


def test_a_workbook_leaves_a_record_that_was_changed_after_it_was_sent(cast: Cast) -> None:
    intake = register.intake(cast)
    record = Record.objects.get()
    revise(record, cast.sato, 1, partner="みほん中央銀行")
    taken = services.take_intake(intake=intake, by=cast.takahashi)
    assert (taken.cells, taken.moved) == (0, 1)
    intake.refresh_from_db()
    assert "ほかの人が記録を変更しました" in intake.cells[0]["error"]
    stands = Record.objects.get()
    assert (stands.title, stands.values.get("name")) == ("みほん中央銀行", None)


def test_a_year_of_a_workbook_that_was_changed_since_it_went_out_is_refused(
    cast: Cast, agreement: Record
) -> None:
    from kaikaku.ledgers.queries import departments_in
    from kaikaku.ledgers.workbook import RowOut, write_workbook

    services.write_figures(record=agreement, fiscal_year=2025, values={"actions": 5}, by=cast.sato)
    kind = agreement.ledger.kind
    out = RowOut(
        agreement.pk, 1, "税務課", agreement.state, False, agreement.values, [(2025, 1, {"actions": "9"})]
    )
    data = write_workbook(kind, kind.fields, [out], departments_in(cast.sakura))
    services.write_figures(record=agreement, fiscal_year=2025, values={"actions": 7}, by=cast.sato)
    intake = services.receive_workbook(ledger=agreement.ledger, name="協定.xlsx", data=data, by=cast.sato)
    assert ["変更されています" in cell["error"] for cell in intake.cells] == [True]


def test_a_record_is_written_by_the_kind_as_it_is_now(cast: Cast, agreement: Record) -> None:
    """A field renamed while a form was open does not swallow what was typed into the old one."""
    old = agreement.ledger
    text = old.text.replace('code = "items"', 'code = "matters"\nwas = "items"')
    services.change_ledger(ledger=old, text=text, version=1, by=cast.takahashi)
    fields = RecordFields(
        department=cast.zeimu, state="active", values={"partner": "新しい相手", "items": "見守り"}
    )
    with pytest.raises(RuleViolation, match="「items」という項目はこの台帳にありません"):
        services.write_record(ledger=old, fields=fields, by=cast.sato)
