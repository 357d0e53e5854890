"""青森県行財政改革大綱 (令和6~10年度): revised in the middle of its five years, its five 視点 kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

import kaikaku
from kaikaku.core.errors import RuleViolation
from kaikaku.plans import queries, services
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledSection,
    Filling,
    IndicatorFields,
    ItemFields,
    SectionFields,
)
from kaikaku.plans.forms import next_face
from kaikaku.plans.models import Edition, Section
from kaikaku.readers import open_document
from kaikaku.readers.plan import read_plan
from tests.cast import Cast
from tests.pages import Page

pytestmark = pytest.mark.django_db
PERIOD = (2024, 2028)
VIEWPOINTS = (
    "県庁機能の抜本的な強化と人財の活躍",
    "県庁DXの推進",
    "多様な主体との連携・協働",
    "リスク管理機能の充実・強化",
    "持続可能な財政基盤の確立",
)


def filling() -> Filling:
    """The outline's five 視点 with what stands under each, as the reader finds them in the sample."""
    path = Path(kaikaku.__file__).parent / "samples" / "aomori_r5.txt"
    outline = read_plan(open_document(path))
    tops = [n for n, s in enumerate(outline.sections) if s.title in VIEWPOINTS and _has_children(outline, n)]
    kept: dict[int, int] = {}
    sections: list[FilledSection] = []
    for number, read in enumerate(outline.sections):
        if number not in tops and read.parent not in kept:
            continue
        parent = None if number in tops else kept[read.parent]
        kept[number] = len(sections)
        fields = SectionFields(read.title, read.number or "", body="\n".join(read.text))
        items = tuple(ItemFields(item.text, depth=item.depth) for item in read.items)
        sections.append(FilledSection(fields, parent=parent, items=items))
    return Filling(sections=tuple(sections))


def _has_children(outline, number: int) -> bool:
    return any(section.parent == number for section in outline.sections)


@pytest.fixture
def outline(cast: Cast) -> Edition:
    """The edition in force, with an indicator that has run for a year and its final target at the end."""
    plan = services.create_plan(
        organisation=cast.sakura, name="青森県行財政改革大綱", level_names=("視点", "取組"), by=None
    )
    fields = EditionFields("大綱（令和5年12月策定）", period=PERIOD)
    made = services.create_edition(plan=plan, fields=fields, by=None)
    services.build_edition(edition=made, filling=filling(), by=None)
    fiscal = section(made, VIEWPOINTS[4])
    debt = services.add_indicator(
        edition=made,
        section=fiscal,
        fields=IndicatorFields("県債残高", unit="円", direction="down", accumulation="stock"),
        by=None,
    )
    for role, text, year in (
        ("baseline", "9,154億円", 2022),
        ("target", "8,900億円", 2028),
        ("actual", "9,100億円", 2024),
        ("actual", "9,050億円", 2025),
    ):
        services.set_figure(indicator=debt, fields=FigureFields(role, text, year), by=None)
    return services.change_state(edition=made, state="in_force", by=None)


def section(edition: Edition, title: str) -> Section:
    return edition.sections.select_related("edition__plan").get(title=title, removed_at=None, parent=None)


@pytest.fixture
def revision(cast: Cast, outline: Edition) -> Edition:
    """The third year's revision: same five years, viewpoints kept."""
    fields = EditionFields("大綱（令和8年3月改訂）", period=PERIOD)
    return services.draft_next_edition(
        edition=outline, fields=fields, directions_fixed=True, by=cast.takahashi
    )


def test_the_sample_holds_the_five_viewpoints(outline: Edition) -> None:
    tops = outline.sections.filter(parent=None).order_by("position")
    assert tuple(tops.values_list("title", flat=True)) == VIEWPOINTS


def test_the_form_stays_within_the_five_years(outline: Edition) -> None:
    face = next_face(outline)
    assert (face["period_from"], face["period_to"], face["fiscal_year"]) == (2024, 2028, None)


def test_the_period_and_its_results_go_on(outline: Edition, revision: Edition) -> None:
    """Running totals and the trend rest on every year of the period, not on the last alone."""
    assert (revision.period_from, revision.period_to) == PERIOD
    actuals = revision.indicators.get().figures.filter(role="actual").order_by("fiscal_year")
    assert list(actuals.values_list("fiscal_year", "text")) == [(2024, "9,100億円"), (2025, "9,050億円")]
    assert outline.state == "in_force"


def test_no_viewpoint_is_added_renamed_moved_ended_or_split(cast: Cast, revision: Edition) -> None:
    first, second = (section(revision, title) for title in VIEWPOINTS[:2])
    by = cast.takahashi
    attempts = (
        lambda: services.add_section(edition=revision, fields=SectionFields("6つ目の視点"), by=by),
        lambda: services.revise_section(section=first, fields=SectionFields("県庁の強化"), by=by),
        lambda: services.move_section(section=first, parent=second, index=0, by=by),
        lambda: services.end_section(section=first, outcome="solved", reason="完了", by=by),
        lambda: services.split_section(section=first, fields=SectionFields("人財"), reason="分ける", by=by),
        lambda: services.merge_sections(into=first, others=[second], reason="まとめる", by=by),
    )
    refusals = []
    for attempt in attempts:
        with pytest.raises(RuleViolation) as caught:
            attempt()
        refusals.append(caught.value.code)
    assert refusals == ["directions_fixed"] * len(attempts)


def test_below_the_viewpoints_all_may_change_and_the_changes_are_listed(
    cast: Cast, outline: Edition, revision: Edition
) -> None:
    top = section(revision, VIEWPOINTS[1])
    below = top.children.filter(removed_at=None).order_by("position").first()
    services.revise_section(
        section=below, fields=SectionFields("生成AIの全庁展開", body="全職員が使う。"), by=cast.takahashi
    )
    services.add_section(
        edition=revision, parent=top, fields=SectionFields("書かない窓口の導入"), by=cast.takahashi
    )
    kinds = [row.kind for row in queries.changes(outline, revision) if row.kind != "carried"]
    assert sorted(kinds) == ["added", "revised"]
    assert {row.kind for row in queries.changes(outline, revision) if row.part.depth == 1} == {"carried"}


def test_a_line_of_its_life_runs_through_both(outline: Edition, revision: Edition) -> None:
    [line] = queries.life_of(revision.indicators.get()).lines
    assert line.actual_years == [2024, 2025]


def test_the_revision_may_be_set_free(cast: Cast, page: Page, revision: Edition) -> None:
    address = reverse("plans:fix_directions", args=[revision.pk])
    page.post(address, {"fixed": "0"}, as_=cast.takahashi)
    services.add_section(edition=revision, fields=SectionFields("6つ目の視点"), by=cast.takahashi)
    page.post(address, {"fixed": "1"})
    with pytest.raises(RuleViolation, match="視点を変えないことにしています"):
        services.add_section(edition=revision, fields=SectionFields("7つ目の視点"), by=cast.takahashi)
