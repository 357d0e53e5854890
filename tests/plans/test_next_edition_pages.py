"""The pages of the next edition, as the office goes through them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kaikaku.plans import services
from kaikaku.plans.entries import FigureFields, SectionFields
from kaikaku.plans.models import Edition
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.plans.drafts import DISASTER, SIDE_JOB, drafted, indicator, link_to, section
from tests.plans.test_queries import many

pytestmark = pytest.mark.django_db


def changes(edition: Edition) -> str:
    return reverse("plans:changes", args=[edition.pk])


def test_the_form_of_a_next_edition_begins_a_year_later(cast: Cast, page: Page, last: Edition) -> None:
    opened = page.get(reverse("plans:next_edition", args=[last.pk]), as_=cast.takahashi)
    assert opened.find("//input[@name='title']/@value") == ["令和5年度の取組状況"]
    assert opened.says("終了にした項目は引き継ぎません")


def test_the_office_drafts_the_next_edition_and_arrives_at_it(cast: Cast, page: Page, last: Edition) -> None:
    data = {"title": "令和5年度の計画", "fiscal_year": "令和5年度", "directions_fixed": "on"}
    opened = page.post(reverse("plans:next_edition", args=[last.pk]), data, as_=cast.takahashi)
    draft = Edition.objects.get(drafted_from=last)
    assert (opened.h1, draft.directions_fixed, draft.fiscal_year) == ("令和5年度の計画", True, 2023)
    assert opened.find(f"//a[@href='{changes(draft)}']")


def test_drafting_twice_says_which_draft_is_there(
    cast: Cast, page: Page, last: Edition, draft: Edition
) -> None:
    address = reverse("plans:next_edition", args=[last.pk])
    opened = page.post(address, {"title": "もう一つ"}, as_=cast.takahashi, status=400)
    assert any(draft.title in error for error in opened.errors)


def test_a_change_shows_in_the_comparison_and_waits_for_its_reason(
    cast: Cast, page: Page, draft: Edition
) -> None:
    part = section(draft, SIDE_JOB)
    fields = SectionFields("庁内複業の拡大", part.number, body=part.body, owner=part.owner)
    services.revise_section(section=part, fields=fields, by=cast.takahashi)
    opened = page.get(changes(draft), as_=cast.takahashi, kind="reason")
    assert opened.texts("//table//tbody/tr/td[2]//ins") == ["拡大"]
    assert opened.says("理由が未記入の変更が1件あります")
    page.post(reverse("plans:explain_link", args=[link_to(part).pk]), {"reason": "試行を終えた"})
    assert page.get(changes(draft), kind="renamed").says("試行を終えた")


def test_a_clerk_reads_the_comparison_and_changes_nothing(cast: Cast, page: Page, draft: Edition) -> None:
    opened = page.get(changes(draft), as_=cast.sato)
    assert opened.says("継続")
    assert not opened.find("//main//form[@method='post']")


def test_what_ended_is_listed_with_its_reason_and_can_be_taken_back(
    cast: Cast, page: Page, last: Edition, draft: Edition
) -> None:
    address = reverse("plans:end_section", args=[section(draft, SIDE_JOB).pk])
    data = {"outcome": "solved", "reason": "制度が定着した"}
    opened = page.post(address, data, as_=cast.takahashi)
    row = opened.texts(f"//tbody/tr[contains(., '{SIDE_JOB}')]")[0]
    assert "終了" in row
    assert "課題の解決" in row
    assert "制度が定着した" in row
    page.post(reverse("plans:resume", args=[section(last, SIDE_JOB).heirs.get().pk]))
    assert section(draft, SIDE_JOB).pk


def test_merging_and_splitting_go_by_the_section_in_the_draft(
    cast: Cast, page: Page, last: Edition, draft: Edition
) -> None:
    first, second = draft.sections.get(number="第1"), draft.sections.get(number="第2")
    address = reverse("plans:merge_section", args=[first.pk])
    page.post(address, {"others": [second.pk], "reason": "一体で進める"}, as_=cast.takahashi)
    opened = page.get(changes(draft), kind="merged")
    assert len(opened.find("//tbody/tr")) == 2
    address = reverse("plans:split_section", args=[section(draft, SIDE_JOB).pk])
    page.post(address, {"title": "短期業務支援", "reason": "制度が別のため"})
    assert len(page.get(changes(draft), kind="split").find("//tbody/tr")) == 2


def test_a_section_outside_a_draft_offers_no_merging(cast: Cast, page: Page, last: Edition) -> None:
    part = section(last, SIDE_JOB)
    opened = page.get(reverse("plans:section", args=[part.pk]), as_=cast.takahashi)
    assert not opened.find(f"//a[@href='{reverse('plans:merge_section', args=[part.pk])}']")


def test_fixed_directions_are_said_and_can_be_set_free(cast: Cast, page: Page, last: Edition) -> None:
    draft = drafted(last, cast, fixed=True)
    assert page.get(changes(draft), as_=cast.takahashi).says("いちばん上の段は変えない")
    page.post(reverse("plans:fix_directions", args=[draft.pk]), {"fixed": "0"})
    draft.refresh_from_db()
    assert not draft.directions_fixed


def test_a_draft_without_reasons_is_refused_to_come_into_force_in_words(
    cast: Cast, page: Page, draft: Edition
) -> None:
    services.add_section(edition=draft, fields=SectionFields("AI基盤の整備"), by=cast.takahashi)
    opened = page.post(
        reverse("plans:change_state", args=[draft.pk]), {"state": "in_force"}, as_=cast.takahashi
    )
    assert "「AI基盤の整備」" in opened.texts("//body")[0]
    assert Edition.objects.get(pk=draft.pk).state == "draft"


def test_the_life_of_an_indicator_joins_its_figures_across_editions(
    cast: Cast, page: Page, last: Edition, draft: Edition
) -> None:
    new = indicator(draft, DISASTER)
    services.set_figure(indicator=new, fields=FigureFields("actual", "2,310人", 2023), by=cast.takahashi)
    opened = page.get(reverse("plans:indicator_life", args=[new.pk]), as_=cast.sato)
    rows = opened.texts("//table//tbody/tr")
    assert any("令和4年度" in row and "2,233人" in row for row in rows)
    assert any("令和5年度" in row and "2,310人" in row and draft.title in row for row in rows)
    assert opened.find("//*[local-name()='svg'][@role='img']")
    older = reverse("plans:indicator_life", args=[indicator(last, DISASTER).pk])
    assert page.get(older).texts("//table//tbody/tr") == rows


def test_a_later_correction_is_shown_beside_what_the_earlier_edition_says(
    cast: Cast, page: Page, draft: Edition
) -> None:
    new = indicator(draft, DISASTER)
    fields = FigureFields("actual", "2,240人", 2022)
    figure = new.figures.get(role="actual")
    services.correct_figure(figure=figure, fields=fields, reason="集計漏れ", by=cast.takahashi)
    opened = page.get(reverse("plans:indicator_life", args=[new.pk]), as_=cast.sato)
    row = next(row for row in opened.texts("//table//tbody/tr") if "2,240人" in row)
    assert "令和4年度の取組状況では2,233人" in row


def test_the_life_of_a_section_shows_its_indicators_year_by_year(
    cast: Cast, page: Page, draft: Edition
) -> None:
    part = draft.sections.get(number="第1")
    opened = page.get(reverse("plans:section_life", args=[part.pk]), as_=cast.sato)
    assert len(opened.find("//ol[@class='life']/li")) == 2
    assert opened.texts("//table//tbody/tr/th") == [
        "オンラインで利用できる県独自の行政手続の割合",
        DISASTER,
    ]


def test_a_stranger_finds_no_comparison(cast: Cast, page: Page, draft: Edition) -> None:
    page.get(changes(draft), as_=cast.nakamura, status=404)


def test_another_plans_edition_is_not_compared(cast: Cast, page: Page, draft: Edition) -> None:
    page.get(changes(draft), as_=cast.sato, status=404, **{"from": "999999"})


def test_the_comparison_takes_as_many_queries_for_many_rows_as_for_few(
    cast: Cast, page: Page, draft: Edition
) -> None:
    assert_constant_queries(lambda: page.get(changes(draft), as_=cast.sato), lambda: many(draft, cast, 60))


def test_a_revision_in_the_middle_of_a_period_is_drafted_the_same_way(
    cast: Cast, page: Page, last: Edition
) -> None:
    draft = drafted(last, cast)
    assert (draft.period_from, draft.period_to) == (last.period_from, last.period_to)
    part = indicator(draft, DISASTER)
    target = part.figures.get(role="target")
    fields = FigureFields("target", "2,800人", 2024)
    services.correct_figure(figure=target, fields=fields, reason="早期の達成", by=cast.takahashi)
    opened = page.get(changes(draft), as_=cast.sato, kind="revised")
    assert "2,800" in opened.texts("//tbody/tr/td[2]//ins")[0]
