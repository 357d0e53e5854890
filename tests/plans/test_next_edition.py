"""Next year's edition (加除修正): copied from the last, changed, and every change linked with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.org import services as org
from kaikaku.plans import queries, services
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    ItemFields,
    SectionFields,
)
from kaikaku.plans.models import Edition, Indicator, Lineage, Section
from tests.cast import Cast
from tests.plans.drafts import DISASTER, SIDE_JOB, drafted, indicator, link_to, section

pytestmark = pytest.mark.django_db


def refused(code: str) -> pytest.RaisesExc[RuleViolation]:
    return pytest.RaisesExc(RuleViolation, check=lambda violation: violation.code == code)


# --- copying -------------------------------------------------------------------------------------------


def test_every_part_is_copied_and_linked_as_carried(last: Edition, draft: Edition) -> None:
    assert [s.title for s in draft.sections.order_by("position", "pk")] == [
        s.title for s in last.sections.order_by("position", "pk")
    ]
    assert section(draft, SIDE_JOB).parent == draft.sections.get(number="第1")
    assert draft.indicators.count() == last.indicators.count() == 7
    kinds = set(Lineage.objects.filter(plan=last.plan).values_list("kind", flat=True))
    assert kinds == {"carried"}
    assert Lineage.objects.count() == 4 + 7


def test_the_plan_of_the_coming_year_is_taken_over_and_the_results_are_not(draft: Edition) -> None:
    lines = section(draft, SIDE_JOB).items.order_by("position").values_list("text", "fiscal_year")
    assert list(lines) == [("対象を広げる", 2023), ("所属長の了解を得る", None)]


def test_a_plan_of_the_year_that_is_over_becomes_the_new_years(last: Edition, cast: Cast) -> None:
    made = drafted(last, cast, 2024)
    assert section(made, SIDE_JOB).items.get(kind="plan").fiscal_year == 2024


def test_an_indicator_keeps_its_definition_targets_and_last_result(last: Edition, cast: Cast) -> None:
    old = indicator(last, DISASTER)
    services.set_figure(indicator=old, fields=FigureFields("actual", "2,000人", 2020), by=None)
    new = indicator(drafted(last, cast), DISASTER)
    found = [(f.role, f.fiscal_year, f.value) for f in new.figures.order_by("role", "fiscal_year")]
    assert found == [
        ("actual", 2022, Decimal(2233)),
        ("baseline", 2019, Decimal(1619)),
        ("target", 2024, Decimal(2400)),
    ]
    assert new.code != old.code


def test_a_revision_inside_a_period_keeps_all_results_of_the_period(last: Edition, cast: Cast) -> None:
    old = indicator(last, DISASTER)
    services.set_figure(indicator=old, fields=FigureFields("actual", "2,100人", 2021), by=None)
    new = indicator(drafted(last, cast), DISASTER)
    assert list(new.figures.filter(role="actual").values_list("fiscal_year", flat=True)) == [2021, 2022]


def test_tables_footnotes_levels_and_the_rule_are_carried_over(last: Edition, draft: Edition) -> None:
    assert draft.tables.get().section == section(draft, SIDE_JOB)
    assert draft.footnotes.get().mark == "※"
    assert (draft.scheme, draft.plan, draft.state) == (last.scheme, last.plan, "draft")


def test_what_had_ended_stays_behind_with_its_reason(last: Edition, cast: Cast) -> None:
    old = section(last, SIDE_JOB)
    services.end_section(section=old, outcome="solved", reason="定着したため", by=cast.takahashi)
    made = drafted(last, cast)
    assert not made.sections.filter(title=SIDE_JOB).exists()
    link = old.heirs.get()
    assert (link.kind, link.outcome, link.reason) == ("ended", "solved", "定着したため")


def test_a_section_goes_to_the_department_that_took_over(last: Edition, cast: Cast) -> None:
    heir = org.rename_department(
        department=cast.zeimu, name="税務政策課", from_day=date(2023, 4, 1), by=cast.takahashi
    )
    assert section(drafted(last, cast), SIDE_JOB).owner == heir


def test_a_locked_edition_can_be_drafted_from(last: Edition, cast: Cast) -> None:
    services.lock_edition(edition=last, by=cast.takahashi)
    assert drafted(last, cast).drafted_from == last


def test_one_edition_has_one_next_edition(last: Edition, draft: Edition, cast: Cast) -> None:
    with refused("already_drafted"):
        drafted(last, cast, 2024)


def test_drafting_is_one_entry_of_the_log_and_the_log_verifies(last: Edition, cast: Cast) -> None:
    before = Entry.objects.count()
    made = drafted(last, cast)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("-number")[0]
    assert entry.action == "plans.edition.drafted"
    assert (entry.new["sections"], entry.new["indicators"]) == (4, made.indicators.count())
    assert audit.verify(cast.sakura) == []


def test_a_stranger_cannot_draft(last: Edition, cast: Cast) -> None:
    with refused("foreign_organisation"):
        services.draft_next_edition(edition=last, fields=EditionFields("案"), by=cast.nakamura)


# --- links follow what is changed ----------------------------------------------------------------------


def test_a_new_text_makes_it_revised_and_the_old_text_carried_again(draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    old = SectionFields(part.title, part.number, body=part.body)
    services.revise_section(
        section=part, fields=SectionFields(part.title, body="全庁に広げる。"), by=cast.takahashi
    )
    assert link_to(part).kind == "revised"
    services.revise_section(section=part, fields=old, by=cast.takahashi)
    assert link_to(part).kind == "carried"


def test_a_new_title_with_the_same_text_is_a_new_name(draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    services.revise_section(
        section=part, fields=SectionFields("庁内複業の拡大", body=part.body), by=cast.takahashi
    )
    assert link_to(part).kind == "renamed"


def test_another_number_changes_nothing(draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    services.revise_section(
        section=part, fields=SectionFields(part.title, "④", body=part.body), by=cast.takahashi
    )
    assert link_to(part).kind == "carried"


def test_under_another_heading_it_has_moved(draft: Edition, cast: Cast) -> None:
    part, place = section(draft, SIDE_JOB), draft.sections.get(number="第3")
    services.move_section(section=part, parent=place, index=0, by=cast.takahashi)
    assert link_to(part).kind == "moved"
    services.move_indicator(indicator=indicator(draft, DISASTER), section=place, by=cast.takahashi)
    assert link_to(indicator(draft, DISASTER)).kind == "moved"


def test_a_changed_line_revises_its_section(draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    services.add_item(section=part, fields=ItemFields("週7時間45分まで認める"), by=cast.takahashi)
    assert link_to(part).kind == "revised"


def test_a_changed_target_revises_an_indicator_and_a_further_year_does_not(
    draft: Edition, cast: Cast
) -> None:
    part = indicator(draft, DISASTER)
    services.set_figure(indicator=part, fields=FigureFields("target", "2,600人", 2025), by=cast.takahashi)
    assert link_to(part).kind == "carried"
    services.correct_figure(
        figure=part.figures.get(role="target", fiscal_year=2024),
        fields=FigureFields("target", "2,500人", 2024),
        reason="目標の引上げ",
        by=cast.takahashi,
    )
    assert link_to(part).kind == "revised"


def test_what_is_added_is_linked_as_new_and_removing_it_leaves_no_link(draft: Edition, cast: Cast) -> None:
    part = services.add_section(edition=draft, fields=SectionFields("AI基盤"), by=cast.takahashi)
    assert link_to(part).kind == "added"
    services.remove_section(section=part, reason="入力の誤り", by=cast.takahashi)
    assert not part.origins.exists()


def test_what_was_carried_over_is_not_removed_but_ended(last: Edition, draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    with refused("carried_not_removed"):
        services.remove_section(section=part, reason="不要", by=cast.takahashi)
    services.end_section(section=part, outcome="absorbed", reason="人材育成に含めた", by=cast.takahashi)
    link = section(last, SIDE_JOB).heirs.get()
    assert (link.kind, link.outcome, link.reason) == ("ended", "absorbed", "人材育成に含めた")
    assert not draft.sections.filter(title=SIDE_JOB, removed_at=None).exists()


def test_a_pillar_ends_with_all_below_it(last: Edition, draft: Edition, cast: Cast) -> None:
    services.end_section(
        section=draft.sections.get(number="第1"), outcome="abandoned", reason="再編", by=cast.takahashi
    )
    assert section(last, SIDE_JOB).heirs.get().kind == "ended"
    assert indicator(last, DISASTER).heirs.get().kind == "ended"
    assert draft.indicators.filter(removed_at=None).count() == 5


def test_an_end_can_be_taken_back(last: Edition, draft: Edition, cast: Cast) -> None:
    services.end_section(section=section(draft, SIDE_JOB), outcome="solved", reason="誤り", by=cast.takahashi)
    link = section(last, SIDE_JOB).heirs.get()
    again = services.resume_part(link=link, draft=draft, by=cast.takahashi)
    assert isinstance(again, Section)
    assert (again.parent, link_to(again).kind) == (draft.sections.get(number="第1"), "carried")
    assert again.items.count() == 2


def test_an_indicator_ends_and_comes_back_with_its_figures(last: Edition, draft: Edition, cast: Cast) -> None:
    part = indicator(draft, DISASTER)
    services.end_indicator(indicator=part, outcome="solved", reason="目標達成", by=cast.takahashi)
    link = indicator(last, DISASTER).heirs.get()
    again = services.resume_part(link=link, draft=draft, by=cast.takahashi)
    assert isinstance(again, Indicator)
    assert again.figures.count() == 3
    assert again.section == draft.sections.get(number="第1")


# --- directions that stay, and reasons -----------------------------------------------------------------


def test_fixed_directions_keep_their_titles_and_their_number(last: Edition, cast: Cast) -> None:
    made = drafted(last, cast, fixed=True)
    top = made.sections.get(number="第1")
    with refused("directions_fixed"):
        services.revise_section(section=top, fields=SectionFields("別の名"), by=cast.takahashi)
    with refused("directions_fixed"):
        services.add_section(edition=made, fields=SectionFields("五つ目"), by=cast.takahashi)
    with refused("directions_fixed"):
        services.end_section(section=top, outcome="solved", reason="終えた", by=cast.takahashi)
    with refused("directions_fixed"):
        services.move_section(section=section(made, SIDE_JOB), parent=None, index=0, by=cast.takahashi)
    services.revise_section(
        section=top, fields=SectionFields(top.title, top.number, body="説明"), by=cast.takahashi
    )
    assert link_to(top).kind == "revised"


def test_directions_can_be_set_free_again(last: Edition, cast: Cast) -> None:
    made = drafted(last, cast, fixed=True)
    services.fix_directions(edition=made, fixed=False, by=cast.takahashi)
    assert services.add_section(edition=made, fields=SectionFields("五つ目"), by=cast.takahashi).pk


def test_a_draft_comes_into_force_once_every_change_has_its_reason(draft: Edition, cast: Cast) -> None:
    part = section(draft, SIDE_JOB)
    services.revise_section(
        section=part, fields=SectionFields("庁内複業の拡大", body=part.body), by=cast.takahashi
    )
    with refused("reasons_missing"):
        services.change_state(edition=draft, state="in_force", by=cast.takahashi)
    services.explain_link(link=link_to(part), reason="試行から本格実施へ", by=cast.takahashi)
    services.change_state(edition=draft, state="in_force", by=cast.takahashi)
    assert Edition.objects.get(pk=draft.pk).state == "in_force"


def test_a_link_is_not_recorded_twice_nor_against_another(last: Edition, draft: Edition, cast: Cast) -> None:
    old, new = section(last, SIDE_JOB), section(draft, SIDE_JOB)
    with refused("link_exists"):
        services.link_lineage(plan=last.plan, kind="carried", origin=old, heir=new, by=cast.takahashi)
    with refused("link_contradicts"):
        services.link_lineage(
            plan=last.plan, kind="added", origin=None, heir=new, reason="新規", by=cast.takahashi
        )
    with refused("link_contradicts"):
        services.link_lineage(
            plan=last.plan,
            kind="ended",
            origin=old,
            heir=None,
            reason="終",
            outcome="solved",
            by=cast.takahashi,
        )


def test_a_link_of_a_draft_is_not_taken_back_by_hand(draft: Edition, cast: Cast) -> None:
    with refused("link_of_draft"):
        services.unlink_lineage(link=link_to(section(draft, SIDE_JOB)), reason="誤り", by=cast.takahashi)


def test_under_the_same_heading_by_another_name_nothing_has_moved(
    last: Edition, draft: Edition, cast: Cast
) -> None:
    pillar = draft.sections.select_related("edition__plan").get(number="第1")
    services.revise_section(
        section=pillar, fields=SectionFields("県民の視点に立つ行政", "第1"), by=cast.takahashi
    )
    below = [
        row for row in queries.changes(last, draft) if row.new and row.new.place == "県民の視点に立つ行政"
    ]
    assert {row.part.title for row in below} >= {SIDE_JOB, DISASTER}
    assert not any(row.has_moved for row in below)
