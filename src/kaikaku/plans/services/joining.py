"""Merging and splitting parts in the draft of a next edition; both are a person's word, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from kaikaku.core.errors import RuleViolation
from kaikaku.plans.entries import IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Item, Lineage, PlanTable, Section
from kaikaku.plans.services.causes import hand_on_causes
from kaikaku.plans.services.guard import (
    added,
    directions_stay,
    keys_below,
    next_position,
    open_edition,
    require_words,
    take_codes,
    take_from_view,
)
from kaikaku.plans.services.indicators import fresh_indicator, indicator_values
from kaikaku.plans.services.sections import fresh_section, section_values
from kaikaku.plans.services.settling import (
    Part,
    change_link,
    drop_link,
    edition_is_draft,
    links_to,
    origin_of,
    side,
)

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def merge_sections(*, into: Section, others: Sequence[Section], reason: str, by: User | None) -> Section:
    """Join sections of a draft: what stood under the others comes to stand under `into`, and each link says
    統合.
    """
    edition, said = _draft(into.edition, others, reason, by)
    into = fresh_section(into, edition)
    for one in others:
        other = fresh_section(one, edition)
        if other.pk == into.pk or into.pk in keys_below(other):
            raise RuleViolation(
                "merged_into_itself",
                f"「{other}」は統合先の「{into}」自身か、その上の見出しです。ほかの見出しを選んでください。",
                field="others",
            )
        if other.parent is None:
            directions_stay(edition)
        _move_contents(other, into)
        hand_on_causes(edition, other, into)
        _join_links(other, into, said, by)
        take_from_view(other, action="plans.section.merged", by=by, reason=said)
    return into


@transaction.atomic
def merge_indicators(
    *, into: Indicator, others: Sequence[Indicator], reason: str, by: User | None
) -> Indicator:
    """Join indicators of a draft; figures are not added up, for what is measured has changed."""
    edition, said = _draft(into.edition, others, reason, by)
    into = fresh_indicator(into, edition)
    for one in others:
        other = fresh_indicator(one, edition)
        if other.pk == into.pk:
            raise RuleViolation("merged_into_itself", "統合先とは別の指標を選んでください。", field="others")
        _join_links(other, into, said, by)
        hand_on_causes(edition, other, into)
        take_from_view(other, action="plans.indicator.merged", by=by, reason=said)
    return into


@transaction.atomic
def split_section(*, section: Section, fields: SectionFields, reason: str, by: User | None) -> Section:
    """Put a further part of a section of a draft right after it; both come from the same origin (分割)."""
    edition, said = _draft(section.edition, (), reason, by)
    section = fresh_section(section, edition)
    if section.parent is None:
        directions_stay(edition)
    values = section_values(fields)
    Section.objects.filter(edition=edition, parent=section.parent, position__gt=section.position).update(
        position=F("position") + 1
    )
    place: dict[str, Any] = {"parent": section.parent, "position": section.position + 1}
    [code] = take_codes(edition.plan, "s")
    part = Section.objects.create(edition=edition, code=code, **place, **values)
    added(part, {**values, "code": code}, action="plans.section.split", by=by, note=said)
    _split_links(section, part, said, by)
    return part


@transaction.atomic
def split_indicator(
    *, indicator: Indicator, fields: IndicatorFields, reason: str, by: User | None
) -> Indicator:
    """Add a further part of an indicator of a draft; it starts without figures."""
    edition, said = _draft(indicator.edition, (), reason, by)
    indicator = fresh_indicator(indicator, edition)
    values = indicator_values(replace(fields, owner=fields.owner or indicator.owner))
    position = next_position(Indicator.objects.filter(edition=edition))
    [code] = take_codes(edition.plan, "i")
    part = Indicator.objects.create(
        edition=edition, section=indicator.section, code=code, position=position, **values
    )
    added(part, {**values, "code": code}, action="plans.indicator.split", by=by, note=said)
    _split_links(indicator, part, said, by)
    return part


def _draft(edition: Edition, others: Sequence[Part], reason: str, by: User | None) -> tuple[Edition, str]:
    """The open draft and the reason; only a draft made from another edition can be joined or split."""
    held = open_edition(edition, by)
    if not edition_is_draft(held):
        raise RuleViolation(
            "not_a_draft",
            "統合と分割は、前の版から作成した「作成中」の版でだけできます。"
            "取り込んだ版どうしのときは「前の版とつなぐ」で種類を選んでください。",
        )
    if any(one.edition_id != held.pk for one in others):
        raise RuleViolation("section_elsewhere", "この版にあるものを選んでください。", field="others")
    return held, require_words(reason, field="reason", thing="理由")


def _move_contents(other: Section, into: Section) -> None:
    """What stands under `other` goes behind what stands under `into`."""
    start = next_position(Section.objects.filter(edition=into.edition, parent=into))
    Section.objects.filter(parent=other, removed_at=None).update(parent=into, position=F("position") + start)
    start = next_position(Item.objects.filter(section=into))
    Item.objects.filter(section=other).update(section=into, position=F("position") + start)
    PlanTable.objects.filter(section=other).update(section=into)
    Indicator.objects.filter(section=other, removed_at=None).update(section=into)
    again = Indicator.cross_listed.through.objects
    shown = set(again.filter(section=into).values_list("indicator", flat=True))
    home = set(Indicator.objects.filter(section=into).values_list("pk", flat=True))
    again.filter(section=other, indicator__in=shown | home).delete()
    again.filter(section=other).update(section=into)
    again.filter(section=into, indicator__section=into).delete()


def _join_links(other: Part, into: Part, said: str, by: User | None) -> None:
    """All origins of both become origins of `into`; one that was there already is not linked twice."""
    name = side(into)
    own = links_to(into)
    known = {origin.pk for link in own if (origin := origin_of(link)) is not None}
    coming = links_to(other)
    joins = any(origin_of(link) is not None for link in coming)
    for link in coming:
        origin = origin_of(link)
        if origin is None or origin.pk in known:
            drop_link(link, by=by, reason=said)
        else:
            change_link(link, {"kind": "merged", "reason": said, f"to_{name}": into}, by=by, note=said)
    if joins:
        for link in own:
            if origin_of(link) is None:
                drop_link(link, by=by, reason=said)
            else:
                change_link(link, {"kind": "merged", "reason": said}, by=by, note=said)


def _split_links(part: Part, new: Part, said: str, by: User | None) -> None:
    name = side(part)
    links = [link for link in links_to(part) if origin_of(link) is not None]
    if not links:
        raise RuleViolation(
            "new_not_split",
            f"「{part}」はこの版で加えたものです。分割ではなく、新しく追加してください。",
        )
    for link in links:
        values = {f"from_{name}": origin_of(link), f"to_{name}": new}
        made = Lineage.objects.create(plan=link.plan, kind="split", reason=said, **values)
        added(made, {"kind": "split", **values}, action="plans.lineage.linked", by=by, note=said)
        change_link(link, {"kind": "split", "reason": said}, by=by, note=said)
