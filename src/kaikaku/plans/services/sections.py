"""The tree of an edition: its sections and what stands under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.plans import words
from kaikaku.plans.entries import SectionFields
from kaikaku.plans.models import Edition, Figure, Indicator, Section
from kaikaku.plans.services.ending import end_with_all_below, forget_added
from kaikaku.plans.services.guard import (
    added,
    change,
    directions_stay,
    keys_below,
    next_position,
    open_edition,
    plain,
    require_words,
    take_codes,
    take_from_view,
)
from kaikaku.plans.services.settling import edition_is_draft, mark_added, settle

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def add_section(
    *, edition: Edition, fields: SectionFields, parent: Section | None = None, by: User | None
) -> Section:
    """Add a section as the last under `parent`, or as the last of the top level."""
    edition = open_edition(edition, by)
    _must_be_in(edition, parent)
    if parent is None:
        directions_stay(edition)
    values = section_values(fields)
    [code] = take_codes(edition.plan, "s", count=1)
    position = next_position(Section.objects.filter(edition=edition, parent=parent))
    section = Section.objects.create(edition=edition, parent=parent, code=code, position=position, **values)
    added(section, {**values, "parent": parent, "code": code}, action="plans.section.added", by=by)
    mark_added(section, by)
    return section


@transaction.atomic
def revise_section(*, section: Section, fields: SectionFields, by: User | None) -> Section:
    """Change a section's words or the department in charge."""
    edition = open_edition(section.edition, by)
    section = fresh_section(section, edition)
    values = section_values(fields)
    if fields.citation is None:
        del values["citation"]
    if section.parent is None and values["title"] != section.title:
        directions_stay(edition)
    if change(section, values, action="plans.section.revised", by=by):
        settle(section, by)
    return section


@transaction.atomic
def move_section(*, section: Section, parent: Section | None, index: int, by: User | None) -> Section:
    """Put a section, with all below it, at `index` (0 first) among those under `parent`."""
    edition = open_edition(section.edition, by)
    section = fresh_section(section, edition)
    _must_be_in(edition, parent)
    if section.parent != parent and None in (section.parent, parent):
        directions_stay(edition)
    if parent is not None and parent.pk in keys_below(section):
        raise RuleViolation(
            "section_below_itself",
            f"「{section}」を自分自身やその下へは移せません。ほかの移動先を選んでください。",
            field="parent",
        )
    siblings = list(
        Section.objects.filter(edition=edition, parent=parent, removed_at__isnull=True).exclude(pk=section.pk)
    )
    before = {"parent": section.parent, "position": section.position}
    section.parent = parent
    siblings.insert(max(0, min(index, len(siblings))), section)
    for position, sibling in enumerate(siblings):
        sibling.position = position
    Section.objects.bulk_update(siblings, ["position", "parent"])
    after = {"parent": section.parent, "position": section.position}
    if before != after:
        _log_move(section, before, after, by)
    if before["parent"] != after["parent"]:
        settle(section, by)
    return section


@transaction.atomic
def shift_section(*, section: Section, steps: int, by: User | None) -> Section:
    """Move a section up (−1) or down (+1) among its siblings."""
    siblings = list(
        Section.objects.filter(
            edition_id=section.edition_id, parent_id=section.parent_id, removed_at__isnull=True
        ).values_list("pk", flat=True)
    )
    if section.pk not in siblings:
        raise RuleViolation("section_removed", f"「{section}」は削除済みのため移動できません。")
    index = siblings.index(section.pk) + steps
    return move_section(section=section, parent=section.parent, index=max(0, index), by=by)


@transaction.atomic
def remove_section(*, section: Section, reason: str, by: User | None) -> Section:
    """Take a section and all below it from view: for slips, not for what has run its course.

    Refused in an edition that is in force once confirmed results hang on it; those are ended, and stay in
    sight.
    """
    edition = open_edition(section.edition, by)
    section = fresh_section(section, edition)
    keys = keys_below(section)
    if section.parent is None:
        directions_stay(edition)
    forget_added(edition, keys, by)
    if edition.state != "draft" and _has_confirmed_results(keys):
        raise RuleViolation(
            "section_has_results",
            f"「{section}」には確定した実績値があるため削除できません。取組が終わったときは「終了にする」を使ってください。",
        )
    take_from_view(section, action="plans.section.removed", by=by, reason=reason)
    gone = {"removed_at": section.removed_at, "end_reason": section.end_reason}
    Section.objects.filter(pk__in=keys, removed_at__isnull=True).update(**gone)
    Indicator.objects.filter(section__in=keys, removed_at__isnull=True).update(**gone)
    return section


@transaction.atomic
def end_section(*, section: Section, outcome: str, reason: str, by: User | None) -> Section:
    """Mark a section as ended (solved, absorbed, abandoned) with its reason; it stays in sight with its
    results. In a draft of the next edition it leaves the draft with all below it, and its link says why.
    """
    edition = open_edition(section.edition, by)
    section = fresh_section(section, edition)
    values = end_values(outcome, reason)
    if edition_is_draft(edition):
        if section.parent is None:
            directions_stay(edition)
        return end_with_all_below(section, values, by)
    change(section, values, action="plans.section.ended", by=by, note=reason.strip())
    return section


def end_values(outcome: str, reason: str) -> dict[str, str]:
    """The checked values that mark a section or an indicator as ended."""
    if outcome not in words.END_OUTCOMES:
        raise RuleViolation(
            "outcome_unknown",
            "終了の種類を「課題の解決」「ほかの取組に吸収」「取りやめ」から選んでください。",
            field="outcome",
        )
    return {"ended_as": outcome, "end_reason": require_words(reason, field="reason", thing="終了の理由")}


def section_values(fields: SectionFields) -> dict[str, Any]:
    """The columns of a section from its fields, checked."""
    return {
        "number": fields.number.strip(),
        "title": require_words(fields.title, field="title", thing="見出し"),
        "subtitle": fields.subtitle.strip(),
        "body": fields.body.strip(),
        "owner": fields.owner,
        "citation": fields.citation,
    }


def fresh_section(section: Section, edition: Edition) -> Section:
    """The section as it now stands in the database, with its edition already held."""
    fresh = Section.objects.select_related("parent", "owner", "citation").get(pk=section.pk, edition=edition)
    if fresh.removed_at is not None:
        raise RuleViolation("section_removed", f"「{fresh}」は削除済みのため変更できません。")
    fresh.edition = edition
    return fresh


def _must_be_in(edition: Edition, section: Section | None) -> None:
    if section is not None and (section.edition_id != edition.pk or section.removed_at is not None):
        raise RuleViolation("section_elsewhere", "この版にある見出しを選んでください。", field="parent")


def _has_confirmed_results(section_keys: set[int]) -> bool:
    return Figure.objects.filter(
        indicator__section__in=section_keys,
        indicator__removed_at__isnull=True,
        role="actual",
        is_current=True,
        status__in=("confirmed", "revised"),
    ).exists()


def _log_move(section: Section, before: dict[str, Any], after: dict[str, Any], by: User | None) -> None:
    record(
        "plans.section.moved",
        on=section,
        by=by,
        organisation=section.edition.plan.organisation,
        old={name: plain(value) for name, value in before.items()},
        new={name: plain(value) for name, value in after.items()},
    )
