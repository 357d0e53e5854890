"""The forms by which the office changes plans, filled in as people do."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kaikaku.plans import services
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Plan
from tests.cast import Cast
from tests.pages import Opened, Page
from tests.plans.test_services import figure_of

pytestmark = pytest.mark.django_db


def filled(opened: Opened) -> dict[str, Any]:
    """What a form would send as it stands."""
    form = "//main//form[contains(@class, 'form')]"
    data: dict[str, Any] = {n.get("name"): n.get("value", "") for n in opened.find(f"{form}//input[@name]")}
    for box in opened.find(f"{form}//input[@type='radio' or @type='checkbox'][not(@checked)]"):
        if data.get(box.get("name")) == box.get("value"):
            del data[box.get("name")]
    for box in opened.find(f"{form}//input[@type='radio'][@checked]"):
        data[box.get("name")] = box.get("value")
    data |= {n.get("name"): (n.text or "").lstrip("\n") for n in opened.find(f"{form}//textarea")}
    for select in opened.find(f"{form}//select"):
        chosen = select.xpath(".//option[@selected]") or select.xpath(".//option")
        data[select.get("name")] = chosen[0].get("value")
    return data


def test_a_plan_is_made_with_its_own_words(cast: Cast, page: Page) -> None:
    opened = page.post(
        reverse("plans:new_plan"), {"name": "大綱", "level_names": "視点\n取組"}, as_=cast.takahashi
    )
    assert opened.says("プランを追加しました")
    assert Plan.objects.get(name="大綱").level_names == ["視点", "取組"]


def test_a_name_taken_is_told_on_its_field_and_nothing_typed_is_lost(
    cast: Cast, page: Page, plan: Plan
) -> None:
    opened = page.post(
        reverse("plans:new_plan"), {"name": plan.name, "level_names": "柱"}, as_=cast.takahashi, status=400
    )
    assert "既にあります" in opened.errors[0]
    assert opened.texts("//textarea[@name='level_names']") == ["柱"]


def test_an_edition_takes_years_as_people_write_them(cast: Cast, page: Page, plan: Plan) -> None:
    data = {
        "title": "第1期",
        "fiscal_year": "R4",
        "period_from": "令和3年度",
        "period_to": "２０２４",
        "summary": "",
    }
    page.post(reverse("plans:new_edition", args=[plan.pk]), data, as_=cast.takahashi)
    made = plan.editions.get(title="第1期")
    assert (made.fiscal_year, made.period_from, made.period_to) == (2022, 2021, 2024)


def test_a_section_is_added_below_another_and_moved(cast: Cast, page: Page, edition: Edition) -> None:
    one, two, _ = edition.sections.order_by("position")
    url = reverse("plans:new_section", args=[edition.pk]) + f"?parent={one.pk}"
    page.post(url, {"title": "新しい取組", "number": "1", "owner": cast.zeimu.pk}, as_=cast.takahashi)
    made = edition.sections.get(title="新しい取組")
    assert (made.parent, made.owner) == (one, cast.zeimu)
    page.post(reverse("plans:move_section", args=[made.pk]), {"parent": two.pk, "place": "first"})
    made.refresh_from_db()
    assert made.parent == two


def test_a_section_steps_down_by_a_button(cast: Cast, page: Page, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    page.post(reverse("plans:shift_section", args=[one.pk]), {"to": "down"}, as_=cast.takahashi)
    assert [s.number for s in edition.sections.order_by("position")] == ["第2", "第1", "第3"]


def test_a_table_is_pasted_from_a_spreadsheet(cast: Cast, page: Page, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    data = {"caption": "ツール別", "unit": "件", "cells": "区分\t件数\nRPA\t16\nAI-OCR\t7\n"}
    page.post(reverse("plans:new_table", args=[one.pk]), data, as_=cast.takahashi)
    table = one.tables.get()
    assert (table.header, table.rows) == (["区分", "件数"], [["RPA", "16"], ["AI-OCR", "7"]])


def test_what_a_form_shows_and_sends_back_changes_nothing(
    cast: Cast, page: Page, edition: Edition, online: Indicator
) -> None:
    from kaikaku.audit.models import Entry

    before = Entry.objects.filter(action__startswith="plans.").count()
    section = edition.sections.order_by("position")[0]
    for name, pk in (
        ("revise_edition", edition.pk),
        ("revise_section", section.pk),
        ("revise_indicator", online.pk),
    ):
        url = reverse(f"plans:{name}", args=[pk])
        page.post(url, filled(page.get(url, as_=cast.takahashi)))
    assert Entry.objects.filter(action__startswith="plans.").count() == before


def test_a_result_is_typed_in_full_width(cast: Cast, page: Page, online: Indicator) -> None:
    data = {"role": "actual", "fiscal_year": "R5", "text": "８２．５％", "status": "preliminary"}
    page.post(reverse("plans:new_figure", args=[online.pk]), data, as_=cast.takahashi)
    figure = online.figures.get(role="actual", fiscal_year=2023)
    assert (str(figure.value.normalize()), figure.text, figure.status) == (
        "82.5",
        "８２．５％",
        "preliminary",
    )


def test_a_slip_in_a_value_is_told_on_its_field(cast: Cast, page: Page, online: Indicator) -> None:
    data = {"role": "actual", "fiscal_year": "R5", "text": "１OO％", "status": "confirmed"}
    opened = page.post(reverse("plans:new_figure", args=[online.pk]), data, as_=cast.takahashi, status=400)
    assert "読み取れません" in opened.errors[0]


def test_a_confirmed_value_is_corrected_with_its_reason(cast: Cast, page: Page, online: Indicator) -> None:
    url = reverse("plans:correct_figure", args=[figure_of(online, "actual").pk])
    data = filled(page.get(url, as_=cast.takahashi))
    page.post(url, {**data, "text": "72%", "change_reason": "集計の誤り"})
    assert figure_of(online, "actual").status == "revised"


def test_an_indicator_is_shown_again_under_another_section(
    cast: Cast, page: Page, edition: Edition, online: Indicator
) -> None:
    two = edition.sections.order_by("position")[1]
    page.post(reverse("plans:cross_listing", args=[online.pk]), {"sections": [two.pk]}, as_=cast.takahashi)
    assert page.get(reverse("plans:section", args=[two.pk])).says("再掲：オンラインで利用できる")


def test_a_change_of_rule_is_tried_before_it_is_applied(cast: Cast, page: Page, edition: Edition) -> None:
    url = reverse("plans:scheme", args=[edition.pk])
    data = {**filled(page.get(url, as_=cast.takahashi)), "formula": "ratio"}
    tried = page.post(url, {**data, "act": "preview"})
    assert tried.says("指標の評価が変わります")
    assert tried.texts("//tr[th[text()='防災士の認証登録者数']]/td") == [
        "C やや遅れ基準値比 78.6%",
        "B 概ね達成目標比 93.0%",
    ]
    edition.refresh_from_db()
    assert edition.scheme is not None
    assert edition.scheme.data["formula"] == "auto"
    refused = page.post(url, {**data, "act": "apply"}, status=400)
    assert refused.errors == ["評価の決まりを変更する理由を入力してください。"]
    page.post(url, {**data, "act": "apply", "reason": "前計画と合わせるため"})
    edition.refresh_from_db()
    assert edition.scheme.data["formula"] == "ratio"
    assert edition.scheme.name.endswith("（一部変更）")


def test_a_shipped_rule_left_as_it_is_stays_the_shipped_one(cast: Cast, page: Page, edition: Edition) -> None:
    before = edition.scheme
    url = reverse("plans:scheme", args=[edition.pk])
    page.post(url, {**filled(page.get(url, as_=cast.takahashi)), "act": "apply"})
    edition.refresh_from_db()
    assert edition.scheme == before


def test_bands_that_overlap_are_refused_in_words(cast: Cast, page: Page, edition: Edition) -> None:
    url = reverse("plans:scheme", args=[edition.pk])
    data = {**filled(page.get(url, as_=cast.takahashi)), "band1_lower": "１００", "act": "preview"}
    opened = page.post(url, data, status=400)
    assert "重なっています" in opened.errors[0]


def test_another_rule_is_called_up_as_a_start(cast: Cast, page: Page, edition: Edition) -> None:
    opened = page.get(reverse("plans:scheme", args=[edition.pk]), as_=cast.takahashi, **{"from": "plain"})
    assert opened.find("//input[@name='band0_code'][@value='◎']")


def test_a_locked_edition_refuses_a_form_with_a_sentence(
    cast: Cast, page: Page, edition: Edition, online: Indicator
) -> None:
    services.lock_edition(edition=edition, by=cast.takahashi)
    opened = page.post(
        reverse("plans:external_factor", args=[online.pk]), {"note": "台風"}, as_=cast.takahashi, status=400
    )
    assert "確定済みのため変更できません" in opened.errors[0]


def test_an_edition_is_locked_and_unlocked_with_a_reason(cast: Cast, page: Page, edition: Edition) -> None:
    page.post(reverse("plans:lock_edition", args=[edition.pk]), as_=cast.takahashi)
    edition.refresh_from_db()
    assert edition.locked_at is not None
    page.post(reverse("plans:unlock_edition", args=[edition.pk]), {"reason": "確定値を入れるため"})
    edition.refresh_from_db()
    assert edition.locked_at is None


def test_a_section_is_linked_to_where_it_came_from(
    cast: Cast, page: Page, plan: Plan, edition: Edition
) -> None:
    made = services.create_edition(plan=plan, fields=EditionFields("令和5年度", 2023), by=cast.takahashi)
    heir = services.add_section(edition=made, fields=SectionFields("デジタル県庁"), by=cast.takahashi)
    origin = edition.sections.order_by("position")[0]
    data = {"kind": "renamed", "origin": origin.pk, "reason": "名称の見直し"}
    opened = page.post(reverse("plans:link_section", args=[heir.pk]), data, as_=cast.takahashi)
    assert opened.says("名称の見直し")
    assert page.get(reverse("plans:section", args=[origin.pk])).says("デジタル県庁（令和5年度）へ")
