"""A sheet is written section by section: a clerk with three initiatives tells of each."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from kaikaku.core.errors import RuleViolation
from kaikaku.org import services as org
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Section
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import PartEntry, RoundFields, SheetEntry
from kaikaku.reporting.models import Round, Sheet, SheetPart
from tests.cast import Cast
from tests.reporting.conftest import DATES, TEXTS, YEAR, make_round, reasons, saying, submit


def section(edition: Edition, title: str, **more) -> Section:
    parent = more.pop("parent", None)
    return plans.add_section(edition=edition, parent=parent, fields=SectionFields(title, **more), by=None)


def titles(sheet: Sheet) -> list[str]:
    return [part.section.title for part in queries.parts_of(sheet)]


@pytest.fixture
def bare(cast: Cast) -> Edition:
    """An edition with nothing in it."""
    plan = plans.create_plan(organisation=cast.sakura, name="別のプラン", by=None)
    return plans.create_edition(plan=plan, fields=EditionFields("令和5年度", YEAR), by=None)


def test_a_sheet_has_a_part_for_every_section_its_department_is_in_charge_of(
    cast: Cast, edition: Edition, sheet: Sheet
) -> None:
    assert titles(sheet) == list(edition.sections.order_by("position").values_list("title", flat=True))


def test_an_owner_of_a_pillar_writes_on_the_initiatives_below_it(cast: Cast, bare: Edition) -> None:
    pillar = section(bare, "柱", owner=cast.zeimu)
    section(bare, "取組1", parent=pillar)
    section(bare, "取組2", parent=pillar, owner=cast.gyokaku)
    found = {a.department: a.sections for a in queries.preview_round(bare).addressees}
    names = {d: [Section.objects.get(pk=key).title for key in keys] for d, keys in found.items()}
    assert names == {cast.zeimu: ["取組1"], cast.gyokaku: ["取組2"]}


def test_an_owner_with_nothing_of_its_own_below_writes_on_the_pillar_itself(
    cast: Cast, bare: Edition
) -> None:
    pillar = section(bare, "柱", owner=cast.zeimu)
    section(bare, "取組", parent=pillar, owner=cast.gyokaku)
    found = {a.department: a.sections for a in queries.preview_round(bare).addressees}
    assert found[cast.zeimu] == [pillar.pk]


def test_who_has_an_indicator_in_anothers_section_may_write_and_need_not(cast: Cast, bare: Edition) -> None:
    theirs = section(bare, "行革の取組", owner=cast.gyokaku)
    section(bare, "税務の取組", owner=cast.zeimu)
    fields = IndicatorFields("口座振替率", unit="%", owner=cast.zeimu)
    plans.add_indicator(edition=bare, section=theirs, fields=fields, by=None)
    sheet = make_round(cast, bare).sheets.get(department=cast.zeimu)
    page = queries.sheet_page(cast.sato, sheet)
    assert [(part.name, part.part.in_charge) for part in page.parts] == [
        ("税務の取組", True),
        ("行革の取組", False),
    ]
    assert [page.name_of(text) for text in page.missing_texts] == ["税務の取組：今年度に行ったこと"]


def test_a_section_whose_owner_was_abolished_is_named_in_the_dry_run(cast: Cast, bare: Edition) -> None:
    gone = org.open_department(
        organisation=cast.sakura, name="臨時課", parent=cast.somu, opened=date(2021, 4, 1), by=None
    )
    section(bare, "臨時の取組", owner=gone)
    org.close_department(department=gone, closed=date(2023, 3, 31), by=None)
    assert queries.preview_round(bare).ownerless_sections == ("臨時の取組",)


def test_a_section_that_has_ended_is_not_asked_about(cast: Cast, bare: Edition) -> None:
    done = section(bare, "終わった取組", owner=cast.zeimu)
    plans.end_section(section=done, outcome="solved", reason="全手続が移った", by=None)
    assert queries.preview_round(bare).addressees == ()


def test_every_section_in_charge_wants_its_own_account(cast: Cast, sheet: Sheet) -> None:
    first = sheet.parts.first()
    entry = SheetEntry(parts={first.pk: PartEntry(TEXTS)})
    saved = services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=cast.sato)
    with pytest.raises(RuleViolation) as refused:
        services.submit_sheet(sheet=saved, explanations=reasons(saved), by=cast.sato)
    second = sheet.parts.all()[1]
    assert f"「{second}：今年度に行ったこと」" in refused.value.message
    assert refused.value.field == f"text-{second.pk}-done"


def test_a_part_of_another_sheet_is_refused(cast: Cast, sheet: Sheet) -> None:
    with pytest.raises(RuleViolation, match="この調書にない取組"):
        services.save_sheet(
            sheet=sheet, entry=SheetEntry(parts={0: PartEntry(TEXTS)}), version=sheet.version, by=cast.sato
        )


def test_a_text_asked_of_the_whole_is_not_taken_for_a_section(cast: Cast, sheet: Sheet) -> None:
    with pytest.raises(RuleViolation, match="この照会にない欄"):
        services.save_sheet(
            sheet=sheet, entry=saying(sheet, contact="内線1"), version=sheet.version, by=cast.sato
        )


def test_the_words_of_a_section_are_checked_with_its_own_figures(cast: Cast, sheet: Sheet) -> None:
    """増加 written of one section says nothing of a figure of another."""
    rows = list(sheet.figures.select_related("indicator").order_by("indicator__position"))
    first = sheet.parts.first()
    parts = queries.parts_of(sheet)
    first.texts = {"done": "件数が増加した。"}
    first.save()
    here = next(row for row in rows if row.indicator.section_id == first.section_id)
    there = next(row for row in rows if row.indicator.section_id != first.section_id)
    parts = queries.parts_of(sheet)
    said = [
        queries.words_on(sheet.texts, parts, row.indicator.section_id).get("done") for row in (here, there)
    ]
    assert said == ["件数が増加した。", None]


def test_each_section_finds_its_own_words_of_last_year(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    second = sheet.parts.all()[1]
    second.texts = {**second.texts, "issues": "二つ目の課題"}
    second.save()
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="次へ")
    opened = services.open_round(
        edition=sheet.round.edition, fields=RoundFields(YEAR + 1, "annual", "次", DATES), by=cast.takahashi
    )
    carried = {part.section_id: part.carried["issues"] for part in opened.sheets.get().parts.all()}
    assert carried[second.section_id] == "二つ目の課題"
    assert carried[sheet.parts.first().section_id] == "窓口の周知"


def test_last_years_words_follow_a_section_into_the_next_edition(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="次へ")
    old = sheet.round.edition
    fields = EditionFields("次の版", fiscal_year=YEAR + 1, period=(YEAR + 1, YEAR + 1))
    new = plans.draft_next_edition(edition=old, fields=fields, by=None)
    opened = services.open_round(
        edition=new, fields=RoundFields(YEAR + 1, "annual", "次", DATES), by=cast.takahashi
    )
    assert {part.carried.get("issues") for part in opened.sheets.get().parts.all()} == {"窓口の周知"}


def test_a_department_of_an_indicator_without_a_section_writes_as_a_whole(cast: Cast, bare: Edition) -> None:
    fields = IndicatorFields("職員数", unit="人", owner=cast.zeimu)
    plans.add_indicator(edition=bare, section=None, fields=fields, by=None)
    page = queries.sheet_page(cast.sato, make_round(cast, bare).sheets.get())
    assert [part.name for part in page.parts] == ["所属全体"]
    assert [line.facts.name for line in page.parts[0].lines] == ["職員数"]


def test_a_one_off_inquiry_is_answered_once(cast: Cast, edition: Edition) -> None:
    opened = services.open_round(
        edition=edition, fields=RoundFields(YEAR, "one_off", "臨時", DATES), by=cast.takahashi
    )
    sheet = opened.sheets.get()
    assert not sheet.parts.exists()
    saved = services.save_sheet(
        sheet=sheet, entry=SheetEntry(texts={"answer": "ありません"}), version=sheet.version, by=cast.sato
    )
    assert saved.texts["answer"] == "ありません"


def _as_it_was(round_: Round, sheet: Sheet) -> None:
    """The rows of before the migration: every answer once, in the sheet itself."""
    SheetPart.objects.all().delete()
    round_.fields = [{k: v for k, v in field.items() if k != "each"} for field in round_.fields]
    round_.save()
    sheet.texts, sheet.hidden = {"done": "全部まとめて", "contact": "内線1"}, ["contact", "issues"]
    sheet.carried = {"done": "去年のこと"}
    sheet.save()


def _migrated(sheet: Sheet) -> SheetPart:
    import_module("kaikaku.reporting.migrations.0002_parts").divide_sheets(apps, None)
    sheet.refresh_from_db()
    return sheet.parts.get()


def test_what_was_written_of_several_sections_at_once_is_kept_as_a_whole(round_: Round, sheet: Sheet) -> None:
    _as_it_was(round_, sheet)
    part = _migrated(sheet)
    assert (part.section, part.texts, part.hidden) == (None, {"done": "全部まとめて"}, ["issues"])
    assert (sheet.texts, sheet.hidden, part.carried) == (
        {"contact": "内線1"},
        ["contact"],
        {"done": "去年のこと"},
    )


def test_what_was_written_of_the_one_section_becomes_its_part(
    cast: Cast, edition: Edition, round_: Round, sheet: Sheet
) -> None:
    kept, *others = edition.sections.order_by("position")
    for other in others:
        plans.revise_section(section=other, fields=SectionFields(other.title, owner=cast.somu), by=None)
    _as_it_was(round_, sheet)
    assert _migrated(sheet).section == kept
