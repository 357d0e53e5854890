"""On acceptance, what was done and what is planned next become lines of the plan."""

from datetime import date

import pytest

from kaikaku.audit import services as audit
from kaikaku.org import services as org
from kaikaku.plans import queries as plan_queries
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, IndicatorFields, ItemFields, SectionFields
from kaikaku.plans.models import Edition, Item, Section
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import FigureEntry, PartEntry, RoundFields, SheetEntry
from kaikaku.reporting.lines import lines_of
from kaikaku.reporting.models import Sheet
from tests.cast import Cast
from tests.reporting.conftest import DATES, TEXTS, YEAR, entry, fill, reasons


def way(sheet: Sheet, cast: Cast) -> Sheet:
    """Submitted, confirmed, bundled and accepted."""
    sheet = Sheet.objects.get(pk=sheet.pk)
    services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    services.confirm(sheet=sheet, by=cast.suzuki)
    services.bundle(sheet=sheet, by=cast.suzuki)
    return services.accept(sheet=sheet, by=cast.takahashi)


def write(sheet: Sheet, cast: Cast, hidden: tuple[str, ...] = (), **texts: str) -> Sheet:
    """The first part's words; the rest as in TEXTS."""
    sheet.refresh_from_db()
    part = sheet.parts.first()
    told = SheetEntry(parts={part.pk: PartEntry(texts, frozenset(hidden))})
    return services.save_sheet(sheet=sheet, entry=told, version=sheet.version, by=cast.sato)


def lines(section: Section, kind: str, year: int) -> list[str]:
    rows = Item.objects.filter(section=section, kind=kind, fiscal_year=year, removed_at__isnull=True)
    return list(rows.order_by("position", "pk").values_list("text", flat=True))


@pytest.fixture
def section(sheet: Sheet) -> Section:
    return sheet.parts.first().section


def test_what_was_done_and_what_is_planned_next_stand_in_the_plan(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="・12手続を移した\n・窓口を1つにした", next_plan="・残る8手続を移す")
    before = lines(section, "achievement", YEAR)
    way(sheet, cast)
    assert lines(section, "achievement", YEAR) == [*before, "12手続を移した", "窓口を1つにした"]
    assert lines(section, "plan", YEAR + 1) == ["残る8手続を移す"]
    assert audit.verify(cast.sakura) == []


def test_a_publication_shows_what_was_done_beside_the_figures(
    cast: Cast, edition: Edition, sheet: Sheet
) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="12手続を移した")
    way(sheet, cast)
    told = [item for one in plan_queries.dataset_parts(edition).sections for item in one.items]
    assert ("achievement", YEAR, "12手続を移した") in [(i.kind, i.fiscal_year, i.text) for i in told]


def test_what_is_not_to_be_published_stays_out_of_the_plan(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    fill(sheet, cast)
    write(sheet, cast, hidden=("next_plan",), done="12手続を移した", next_plan="まだ言えないこと")
    way(sheet, cast)
    assert lines(section, "plan", YEAR + 1) == []
    assert "12手続を移した" in lines(section, "achievement", YEAR)


def test_accepting_again_replaces_its_own_lines_and_no_others(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    by_hand = ItemFields("事務局が書いた実績", kind="achievement", fiscal_year=YEAR)
    plans.add_item(section=section, fields=by_hand, by=None)
    fill(sheet, cast)
    write(sheet, cast, done="一\n二\n三", next_plan="次")
    way(sheet, cast)
    kept = Item.objects.get(section=section, text="一").pk
    services.return_sheet(sheet=sheet, reason="二を直してください", by=cast.takahashi)
    write(sheet, cast, done="一\n弐", next_plan="次\nその次")
    way(sheet, cast)
    assert lines(section, "achievement", YEAR) == ["事務局が書いた実績", "一", "弐"]
    assert lines(section, "plan", YEAR + 1) == ["次", "その次"]
    assert Item.objects.get(section=section, text="一").pk == kept


def test_lines_of_one_kind_stay_together_when_more_are_added(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="一", next_plan="次")
    way(sheet, cast)
    services.return_sheet(sheet=sheet, reason="足してください", by=cast.takahashi)
    write(sheet, cast, done="一\n二")
    way(sheet, cast)
    rows = Item.objects.filter(section=section, removed_at__isnull=True).order_by("position", "pk")
    told = [text for text in rows.values_list("text", flat=True) if text in ("一", "二", "次")]
    assert told == ["一", "二", "次"]


def test_a_line_removed_by_hand_is_written_anew(cast: Cast, sheet: Sheet, section: Section) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="一\n二")
    way(sheet, cast)
    plans.remove_item(item=Item.objects.get(section=section, text="二"), reason="重複", by=None)
    services.return_sheet(sheet=sheet, reason="確かめてください", by=cast.takahashi)
    write(sheet, cast, done="一\n二\n三")
    way(sheet, cast)
    assert lines(section, "achievement", YEAR)[-3:] == ["一", "二", "三"]


def test_answering_none_after_a_return_takes_the_lines_back(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="誤って書いたこと")
    way(sheet, cast)
    services.return_sheet(sheet=sheet, reason="別の所属の取組です", by=cast.takahashi)
    sheet.refresh_from_db()
    services.answer_none(sheet=sheet, reason="所管ではないため", by=cast.sato)
    services.confirm(sheet=sheet, by=cast.suzuki)
    services.bundle(sheet=sheet, by=cast.suzuki)
    services.accept(sheet=sheet, by=cast.takahashi)
    assert "誤って書いたこと" not in lines(section, "achievement", YEAR)


def test_a_mid_year_check_enters_nothing(cast: Cast, edition: Edition) -> None:
    fields = RoundFields(YEAR, "midyear", "中間点検", DATES)
    sheet = services.open_round(edition=edition, fields=fields, by=cast.takahashi).sheets.get()
    counted = Item.objects.count()
    told = {part.pk: PartEntry({"done": TEXTS["done"]}) for part in sheet.parts.all()}
    filled = SheetEntry(figures=entry_figures(sheet), parts=told)
    services.save_sheet(sheet=sheet, entry=filled, version=sheet.version, by=cast.sato)
    way(sheet, cast)
    assert Item.objects.count() == counted


def entry_figures(sheet: Sheet) -> dict[int, FigureEntry]:
    return dict(entry(sheet).figures)


def test_a_guest_in_anothers_section_signs_its_lines(cast: Cast, edition: Edition) -> None:
    theirs = plans.add_section(
        edition=edition, parent=None, fields=SectionFields("行革の取組", owner=cast.gyokaku), by=None
    )
    fields = IndicatorFields("口座振替率", unit="%", owner=cast.zeimu)
    plans.add_indicator(edition=edition, section=theirs, fields=fields, by=None)
    opened = services.open_round(
        edition=edition, fields=RoundFields(YEAR, "annual", "照会", DATES, with_figures=False), by=None
    )
    sheet = opened.sheets.get(department=cast.zeimu)
    told = {part.pk: PartEntry({"done": f"{part.section}のこと"}) for part in sheet.parts.all()}
    services.save_sheet(sheet=sheet, entry=SheetEntry(parts=told), version=sheet.version, by=cast.sato)
    way(sheet, cast)
    assert Item.objects.get(section=theirs, kind="achievement").label == "税務課"


def test_the_plan_beside_a_sheet_says_whose_line_is_whose_where_several_plan_in_one_section(
    cast: Cast, sheet: Sheet
) -> None:
    [first, second] = [part.section for part in sheet.parts.all()[:2]]
    guest = ItemFields("病院の予約も移す", kind="plan", fiscal_year=YEAR, label="医療局")
    plans.add_item(section=first, fields=guest, by=None)
    shown = {part.key: part.planned for part in queries.sheet_page(cast.sato, sheet).parts}
    assert shown[first.pk] == ("【税務課】オンライン化を進める", "【医療局】病院の予約も移す")
    assert shown[second.pk] == ("オンライン化を進める",)


def test_a_renamed_departments_sheet_still_enters_its_lines(
    cast: Cast, sheet: Sheet, section: Section
) -> None:
    fill(sheet, cast)
    write(sheet, cast, done="改称の前に書いた")
    org.rename_department(department=cast.zeimu, name="税務企画課", from_day=date(2024, 4, 1), by=None)
    way(sheet, cast)
    assert "改称の前に書いた" in lines(section, "achievement", YEAR)


def test_bullets_are_taken_off_and_details_told_apart() -> None:
    told = lines_of("・一\n\n　- 一の一\n※注\n(1) 二")
    assert [(one.depth, one.text) for one in told] == [
        (1, "一"),
        (2, "一の一"),
        (1, "※注"),
        (1, "(1) 二"),
    ]


def test_lines_without_bullets_stand_side_by_side() -> None:
    assert [one.depth for one in lines_of("一を行った\n二を行った")] == [1, 1]


def test_a_next_edition_starts_from_what_was_planned_next(cast: Cast, sheet: Sheet, section: Section) -> None:
    fill(sheet, cast)
    write(sheet, cast, next_plan="残る8手続を移す")
    way(sheet, cast)
    fields = EditionFields("次の版", fiscal_year=YEAR + 1, period=(YEAR + 1, YEAR + 1))
    new = plans.draft_next_edition(edition=sheet.round.edition, fields=fields, by=None)
    copied = Item.objects.filter(section__edition=new, section__title=section.title, kind="plan")
    assert [(i.text, i.fiscal_year) for i in copied] == [("残る8手続を移す", YEAR + 1)]
