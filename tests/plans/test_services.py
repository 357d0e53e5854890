"""What may be written to a plan, what is refused, and that every write leaves its entry in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import services
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledSection,
    Filling,
    FootnoteFields,
    ItemFields,
    SectionFields,
    TableFields,
)
from kaikaku.plans.models import Edition, Figure, Indicator, Plan, Section
from tests.cast import Cast
from tests.plans import yamagata

pytestmark = pytest.mark.django_db


def refused(code: str) -> pytest.RaisesExc[RuleViolation]:
    return pytest.RaisesExc(RuleViolation, check=lambda violation: violation.code == code)


def last_entry() -> Entry:
    return Entry.objects.order_by("-number", "-pk")[0]


def figure_of(indicator: Indicator, role: str) -> Figure:
    return indicator.figures.get(role=role, is_current=True)


def actual(text: str, year: int = 2022, **more: object) -> FigureFields:
    return FigureFields(role="actual", text=text, fiscal_year=year, **more)  # type: ignore[arg-type]


# --- plans and editions --------------------------------------------------------------------------------


def test_a_plan_has_its_own_words_for_its_levels(plan: Plan) -> None:
    assert plan.level_names == ["柱", "取組"]
    entry = last_entry()
    assert (entry.action, entry.new["level_names"]) == ("plans.plan.created", ["柱", "取組"])


def test_two_plans_of_one_government_cannot_bear_one_name(cast: Cast, plan: Plan) -> None:
    with refused("plan_exists"):
        services.create_plan(organisation=cast.sakura, name=plan.name, by=cast.takahashi)
    assert services.create_plan(organisation=cast.tonari, name=plan.name, by=cast.nakamura).pk


def test_a_person_of_another_government_cannot_write(cast: Cast, edition: Edition) -> None:
    with refused("foreign_organisation"):
        services.add_section(edition=edition, fields=SectionFields(title="柱"), by=cast.nakamura)


def test_a_locked_edition_takes_no_change_and_says_so(cast: Cast, edition: Edition) -> None:
    services.lock_edition(edition=edition, by=cast.takahashi)
    with refused("edition_locked"):
        services.add_section(edition=edition, fields=SectionFields(title="柱"), by=cast.takahashi)


def test_unlocking_needs_a_reason_and_keeps_it(cast: Cast, edition: Edition) -> None:
    services.lock_edition(edition=edition, by=cast.takahashi)
    with refused("words_missing"):
        services.unlock_edition(edition=edition, reason=" ", by=cast.takahashi)
    services.unlock_edition(edition=edition, reason="決算の確定値を入れるため", by=cast.takahashi)
    assert last_entry().note == "決算の確定値を入れるため"


def test_a_period_cannot_run_backwards(cast: Cast, plan: Plan) -> None:
    with refused("period_backwards"):
        services.create_edition(
            plan=plan, fields=EditionFields(title="第1期", period=(2024, 2021)), by=cast.takahashi
        )


def test_saving_without_a_change_leaves_no_entry(cast: Cast, edition: Edition) -> None:
    before = Entry.objects.count()
    fields = EditionFields(title=edition.title, fiscal_year=2022, period=(2021, 2024))
    services.revise_edition(edition=edition, fields=fields, by=cast.takahashi)
    assert Entry.objects.count() == before


# --- sections --------------------------------------------------------------------------------------------


def test_codes_are_opaque_and_never_used_again(cast: Cast, edition: Edition) -> None:
    first = services.add_section(edition=edition, fields=SectionFields(title="一"), by=cast.takahashi)
    services.remove_section(section=first, reason="入力の誤り", by=cast.takahashi)
    second = services.add_section(edition=edition, fields=SectionFields(title="二"), by=cast.takahashi)
    assert first.code != second.code


def test_a_section_moves_with_all_below_it(cast: Cast, edition: Edition) -> None:
    one, two, three = edition.sections.order_by("position")
    child = services.add_section(
        edition=edition, fields=SectionFields(title="取組"), parent=three, by=cast.takahashi
    )
    services.move_section(section=three, parent=None, index=0, by=cast.takahashi)
    titles = [s.number for s in edition.sections.filter(parent=None).order_by("position")]
    assert titles == [three.number, one.number, two.number]
    child.refresh_from_db()
    assert child.parent == three


def test_a_section_cannot_be_moved_below_itself(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    child = services.add_section(
        edition=edition, fields=SectionFields(title="取組"), parent=one, by=cast.takahashi
    )
    with refused("section_below_itself"):
        services.move_section(section=one, parent=child, index=0, by=cast.takahashi)


def test_a_section_steps_up_and_down_and_stops_at_the_ends(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    services.shift_section(section=one, steps=1, by=cast.takahashi)
    assert [s.number for s in edition.sections.order_by("position")] == ["第2", "第1", "第3"]
    one.refresh_from_db()
    services.shift_section(section=one, steps=1, by=cast.takahashi)
    one.refresh_from_db()
    services.shift_section(section=one, steps=1, by=cast.takahashi)
    assert [s.number for s in edition.sections.order_by("position")] == ["第2", "第3", "第1"]


def test_removing_a_slip_takes_what_is_below_from_view_and_deletes_nothing(
    cast: Cast, edition: Edition
) -> None:
    one = edition.sections.order_by("position")[0]
    services.remove_section(section=one, reason="二重に取り込んだため", by=cast.takahashi)
    assert Section.objects.filter(pk=one.pk, removed_at__isnull=False).exists()
    assert one.indicators.filter(removed_at__isnull=True).count() == 0
    assert one.indicators.count() == 2


def test_a_section_in_force_with_confirmed_results_is_ended_not_removed(cast: Cast, edition: Edition) -> None:
    services.change_state(edition=edition, state="in_force", by=cast.takahashi)
    one = edition.sections.order_by("position")[0]
    with refused("section_has_results"):
        services.remove_section(section=one, reason="不要", by=cast.takahashi)
    services.end_section(section=one, outcome="solved", reason="全手続をオンライン化した", by=cast.takahashi)
    one.refresh_from_db()
    assert (one.ended_as, one.removed_at) == ("solved", None)


def test_a_ragged_table_is_refused_by_its_row(cast: Cast, edition: Edition) -> None:
    ragged = TableFields(header=("区分", "件数"), rows=(("RPA", "16"), ("AI-OCR",)))
    with pytest.raises(RuleViolation, match="2行目は1列ですが、見出しは2列です"):
        services.add_table(edition=edition, fields=ragged, by=cast.takahashi)


def test_lines_and_footnotes_are_revised_with_old_and_new_on_record(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    item = services.add_item(section=one, fields=ItemFields(text="10市町村で実施"), by=cast.takahashi)
    services.revise_item(item=item, fields=ItemFields(text="11市町村で実施"), by=cast.takahashi)
    entry = last_entry()
    assert (entry.old, entry.new) == ({"text": "10市町村で実施"}, {"text": "11市町村で実施"})
    note = services.add_footnote(
        edition=edition, fields=FootnoteFields("見込み値", mark="※"), by=cast.takahashi
    )
    services.remove_footnote(footnote=note, reason="確定したため", by=cast.takahashi)
    assert last_entry().action == "plans.footnote.removed"


# --- policy, past results, lineage -------------------------------------------------------------------------


def test_changing_a_rule_in_force_needs_a_reason_and_keeps_the_old_rule(cast: Cast, edition: Edition) -> None:
    old = edition.scheme
    mie = SCHEMES["mie"]
    with refused("words_missing"):
        services.change_scheme(edition=edition, scheme=mie, valid_from=date(2023, 4, 1), by=cast.takahashi)
    changed = services.change_scheme(
        edition=edition, scheme=mie, valid_from=date(2023, 4, 1), reason="条例改正", by=cast.takahashi
    )
    assert changed.scheme != old
    assert old is not None
    old.refresh_from_db()
    assert old.data["id"] == "iwate"


def test_a_published_table_that_does_not_add_up_is_refused_by_its_line(cast: Cast, edition: Edition) -> None:
    assert edition.scheme is not None
    lines = yamagata.iwate_lines()
    wrong = [replace(lines[0], counts={**lines[0].counts, "A": 14, "B": 4}), *lines[1:]]
    with pytest.raises(RuleViolation, match="「全体」のAは36ですが、内訳の合計は35です"):
        services.record_past_results(
            edition=edition, fiscal_year=2020, scheme=edition.scheme, lines=wrong, by=cast.takahashi
        )


def test_a_published_table_recorded_again_takes_the_place_of_the_first(cast: Cast, edition: Edition) -> None:
    assert edition.scheme is not None
    for _ in range(2):
        services.record_past_results(
            edition=edition,
            fiscal_year=2020,
            scheme=edition.scheme,
            lines=yamagata.iwate_lines(),
            by=cast.takahashi,
        )
    assert edition.past_results.count() == 5


def test_lineage_names_what_became_of_a_part_and_why(cast: Cast, plan: Plan, edition: Edition) -> None:
    following = services.create_edition(
        plan=plan, fields=EditionFields(title="令和5年度の取組計画", fiscal_year=2023), by=cast.takahashi
    )
    heir = services.add_section(
        edition=following, fields=SectionFields(title="デジタル化"), by=cast.takahashi
    )
    origin = edition.sections.order_by("position")[0]
    with refused("words_missing"):
        services.link_lineage(plan=plan, kind="renamed", origin=origin, heir=heir, by=cast.takahashi)
    link = services.link_lineage(
        plan=plan, kind="renamed", origin=origin, heir=heir, reason="名称の見直し", by=cast.takahashi
    )
    assert (link.from_section, link.to_section) == (origin, heir)
    with refused("link_ends_wrong"):
        services.link_lineage(
            plan=plan, kind="ended", origin=origin, heir=heir, reason="x", by=cast.takahashi
        )


# --- imports -----------------------------------------------------------------------------------------------


def test_an_import_leaves_one_entry_with_its_counts_and_a_digest(edition: Edition) -> None:
    entry = Entry.objects.get(action="plans.edition.filled")
    assert entry.new["indicators"] == 7
    assert entry.new["figures"] == 21
    assert len(entry.new["digest"]) == 64


def test_an_import_is_kept_whole_or_not_at_all(cast: Cast, plan: Plan) -> None:
    made = services.create_edition(plan=plan, fields=EditionFields(title="第2期"), by=cast.takahashi)
    good = yamagata.filling()
    bad = replace(good.indicators[0], figures=(FigureFields(role="actual", text="71.5%"),))
    with refused("year_missing"), transaction.atomic():
        services.build_edition(
            edition=made, filling=replace(good, indicators=(*good.indicators, bad)), by=cast.takahashi
        )
    assert made.sections.count() == 0


def test_an_import_adds_below_sections_that_stand_already(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    filling = Filling(
        sections=(
            FilledSection(SectionFields(title=""), existing=one, items=(ItemFields(text="12回開催"),)),
            FilledSection(SectionFields(title="新しい取組"), parent=0),
        )
    )
    services.build_edition(edition=edition, filling=filling, by=cast.takahashi)
    assert one.items.count() == 1
    assert one.children.get().title == "新しい取組"


def test_an_import_of_many_rows_takes_few_queries(cast: Cast, plan: Plan, count_queries: object) -> None:
    def queries_for(times: int) -> int:
        made = services.create_edition(plan=plan, fields=EditionFields(title=f"{times}倍"), by=cast.takahashi)
        good = yamagata.filling()
        with count_queries() as queries:  # type: ignore[operator]
            services.build_edition(
                edition=made, filling=replace(good, indicators=good.indicators * times), by=cast.takahashi
            )
        return len(queries)

    # a database takes only so many values at once, so that 420 figures go in batches
    assert queries_for(20) < 2 * queries_for(1)


def test_the_log_of_all_these_writes_holds(cast: Cast, edition: Edition) -> None:
    assert audit.verify(cast.sakura) == []
