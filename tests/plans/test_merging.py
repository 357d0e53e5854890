"""Merging and splitting in the draft of a next edition (統合・分割)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.plans import services
from kaikaku.plans.entries import IndicatorFields, SectionFields
from kaikaku.plans.models import Edition
from tests.cast import Cast
from tests.plans.drafts import DISASTER, SIDE_JOB, indicator, link_to, section

pytestmark = pytest.mark.django_db


def refused(code: str) -> pytest.RaisesExc[RuleViolation]:
    return pytest.RaisesExc(RuleViolation, check=lambda violation: violation.code == code)


def test_merging_moves_the_contents_and_links_both_origins(last: Edition, draft: Edition, cast: Cast) -> None:
    first, second = draft.sections.get(number="第1"), draft.sections.get(number="第2")
    services.merge_sections(into=first, others=[second], reason="一体で進めるため", by=cast.takahashi)
    links = first.origins.order_by("from_section__position")
    assert [(link.kind, link.from_section.number, link.reason) for link in links if link.from_section] == [
        ("merged", "第1", "一体で進めるため"),
        ("merged", "第2", "一体で進めるため"),
    ]
    assert first.indicators.count() == 4
    assert not draft.sections.filter(number="第2", removed_at=None).exists()


def test_a_section_cannot_be_merged_into_what_stands_below_it(draft: Edition, cast: Cast) -> None:
    with refused("merged_into_itself"):
        services.merge_sections(
            into=section(draft, SIDE_JOB),
            others=[draft.sections.get(number="第1")],
            reason="統合",
            by=cast.takahashi,
        )


def test_merging_needs_a_reason(draft: Edition, cast: Cast) -> None:
    with refused("words_missing"):
        services.merge_sections(
            into=draft.sections.get(number="第1"),
            others=[draft.sections.get(number="第2")],
            reason=" ",
            by=cast.takahashi,
        )


def test_indicators_merge_without_adding_their_figures_up(draft: Edition, cast: Cast) -> None:
    one, other = indicator(draft, "Web会議の年間開催回数"), indicator(draft, "AI会議録作成支援システム活用数")
    services.merge_indicators(into=one, others=[other], reason="会議の改革", by=cast.takahashi)
    assert {link.kind for link in one.origins.all()} == {"merged"}
    assert one.figures.get(role="actual").value == Decimal(8526)


def test_splitting_puts_the_part_after_it_with_the_same_origin(
    last: Edition, draft: Edition, cast: Cast
) -> None:
    part = section(draft, SIDE_JOB)
    new = services.split_section(
        section=part, fields=SectionFields("短期業務支援の充実"), reason="制度が別のため", by=cast.takahashi
    )
    origin = section(last, SIDE_JOB)
    assert {(link.kind, link.to_section) for link in origin.heirs.all()} == {("split", part), ("split", new)}
    assert new.parent == part.parent


def test_ending_one_half_of_a_split_leaves_the_other_carried(
    last: Edition, draft: Edition, cast: Cast
) -> None:
    part = section(draft, SIDE_JOB)
    new = services.split_section(
        section=part, fields=SectionFields("半分"), reason="分けた", by=cast.takahashi
    )
    services.end_section(section=new, outcome="abandoned", reason="やめた", by=cast.takahashi)
    assert [link.kind for link in section(last, SIDE_JOB).heirs.all()] == ["carried"]


def test_an_indicator_is_split_under_the_same_heading(draft: Edition, cast: Cast) -> None:
    part = indicator(draft, DISASTER)
    new = services.split_indicator(
        indicator=part, fields=IndicatorFields("女性の防災士", "人"), reason="内訳を測る", by=cast.takahashi
    )
    assert new.section == part.section
    assert {link.kind for link in (link_to(part), link_to(new))} == {"split"}


def test_only_a_draft_is_merged_or_split(last: Edition, cast: Cast) -> None:
    with refused("not_a_draft"):
        services.split_section(
            section=section(last, SIDE_JOB), fields=SectionFields("別"), reason="分割", by=cast.takahashi
        )
