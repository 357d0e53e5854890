"""Indicators: what is measured, where it stands, and the marks it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.plans.entries import IndicatorFields
from kaikaku.plans.models import Edition, Figure, Indicator, Section
from kaikaku.plans.services.ending import end_indicators, forget_added_indicators
from kaikaku.plans.services.guard import (
    added,
    change,
    next_position,
    open_edition,
    plain,
    require_words,
    take_codes,
    take_from_view,
)
from kaikaku.plans.services.sections import end_values
from kaikaku.plans.services.settling import edition_is_draft, mark_added, settle

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def add_indicator(
    *, edition: Edition, section: Section | None, fields: IndicatorFields, by: User | None
) -> Indicator:
    """Add an indicator as the last under a section, or to the edition itself."""
    edition = open_edition(edition, by)
    _must_be_in(edition, section)
    values = indicator_values(fields)
    [code] = take_codes(edition.plan, "i", count=1)
    position = next_position(Indicator.objects.filter(edition=edition))
    indicator = Indicator.objects.create(
        edition=edition, section=section, code=code, position=position, **values
    )
    added(indicator, {**values, "section": section, "code": code}, action="plans.indicator.added", by=by)
    mark_added(indicator, by)
    return indicator


@transaction.atomic
def revise_indicator(*, indicator: Indicator, fields: IndicatorFields, by: User | None) -> Indicator:
    """Change what an indicator is.

    How it accumulates is locked once a result stands: yearly amounts and running totals must never be
    mixed in one series (a repeated fault of other systems, akvo-rsr #5169).
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    values = indicator_values(fields)
    if fields.citation is None:
        del values["citation"]
    if (
        indicator.accumulation
        and values["accumulation"] != indicator.accumulation
        and _has_actuals(indicator)
    ):
        raise RuleViolation(
            "accumulation_locked",
            "実績値が入力されているため、数え方（年度ごと・累計など）は変更できません。"
            "数え方を変えるときは、新しい指標を追加し、この指標を「定義の変更」で終了にしてください。",
            field="accumulation",
        )
    if change(indicator, values, action="plans.indicator.revised", by=by):
        settle(indicator, by)
    return indicator


@transaction.atomic
def move_indicator(*, indicator: Indicator, section: Section | None, by: User | None) -> Indicator:
    """Put an indicator under another section of the same edition."""
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    _must_be_in(edition, section)
    if change(indicator, {"section": section}, action="plans.indicator.moved", by=by):
        settle(indicator, by)
    return indicator


@transaction.atomic
def remove_indicator(*, indicator: Indicator, reason: str, by: User | None) -> Indicator:
    """Take an indicator from view: for slips. Refused in an edition in force once it has a confirmed
    result.
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    settled = indicator.figures.filter(role="actual", is_current=True, status__in=("confirmed", "revised"))
    if edition.state != "draft" and settled.exists():
        raise RuleViolation(
            "indicator_has_results",
            f"「{indicator}」には確定した実績値があるため削除できません。"
            "測るのをやめるときは「終了にする」を使ってください。",
        )
    forget_added_indicators(edition, [indicator], by)
    take_from_view(indicator, action="plans.indicator.removed", by=by, reason=reason)
    return indicator


@transaction.atomic
def end_indicator(*, indicator: Indicator, outcome: str, reason: str, by: User | None) -> Indicator:
    """Mark an indicator as ended with its reason; it stays in sight with its results, but leaves a draft of
    the next edition.
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    values = end_values(outcome, reason)
    if edition_is_draft(edition):
        return end_indicators([indicator], values, by)[0]
    change(indicator, values, action="plans.indicator.ended", by=by, note=reason.strip())
    return indicator


@transaction.atomic
def set_external_factor(*, indicator: Indicator, note: str, by: User | None) -> Indicator:
    """Mark an indicator as touched by an external factor, or take the mark away (blank). Grades never change
    by it.
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    values = {"external_factor": note.strip()}
    change(indicator, values, action="plans.indicator.external_factor_set", by=by)
    return indicator


@transaction.atomic
def set_cross_listing(*, indicator: Indicator, sections: list[Section], by: User | None) -> Indicator:
    """Say under which other sections an indicator is shown again (再掲); it is counted once, under its
    own.
    """
    edition = open_edition(indicator.edition, by)
    indicator = fresh_indicator(indicator, edition)
    for section in sections:
        _must_be_in(edition, section)
        if section.pk == indicator.section_id:
            raise RuleViolation(
                "cross_listed_at_home",
                f"「{section}」はこの指標のもとの場所です。再掲先には、ほかの見出しを選んでください。",
                field="sections",
            )
    before = list(indicator.cross_listed.order_by("pk"))
    indicator.cross_listed.set(sections)
    after = list(indicator.cross_listed.order_by("pk"))
    if before != after:
        record(
            "plans.indicator.cross_listing_set",
            on=indicator,
            by=by,
            organisation=edition.plan.organisation,
            old={"cross_listed": plain(before)},
            new={"cross_listed": plain(after)},
        )
    return indicator


def indicator_values(fields: IndicatorFields) -> dict[str, Any]:
    """The columns of an indicator from its fields, checked."""
    if fields.weight <= 0:
        raise RuleViolation(
            "weight_not_positive", "重みは0より大きい数で入力してください（例：1）。", field="weight"
        )
    return {
        "name": require_words(fields.name, field="name", thing="指標の名称"),
        "unit": fields.unit.strip(),
        "decimals": fields.decimals,
        "direction": fields.direction,
        "accumulation": fields.accumulation,
        "kind": fields.kind,
        "formula": fields.formula,
        "definition": fields.definition.strip(),
        "note": fields.note.strip(),
        "survey_based": fields.survey_based,
        "weight": fields.weight,
        "owner": fields.owner,
        "citation": fields.citation,
    }


def fresh_indicator(indicator: Indicator, edition: Edition) -> Indicator:
    """The indicator as it now stands in the database, with its edition already held."""
    fresh = Indicator.objects.select_related("section", "owner", "citation").get(
        pk=indicator.pk, edition=edition
    )
    if fresh.removed_at is not None:
        raise RuleViolation("indicator_removed", f"「{fresh}」は削除済みのため変更できません。")
    fresh.edition = edition
    return fresh


def _must_be_in(edition: Edition, section: Section | None) -> None:
    if section is not None and (section.edition_id != edition.pk or section.removed_at is not None):
        raise RuleViolation("section_elsewhere", "この版にある見出しを選んでください。", field="section")


def _has_actuals(indicator: Indicator) -> bool:
    return Figure.objects.filter(indicator=indicator, role="actual").exists()
