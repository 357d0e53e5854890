"""Plans and editions: opening, wording, locking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.plans import words
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition, Plan
from kaikaku.plans.services.guard import added, change, must_belong, open_edition, require_words
from kaikaku.plans.services.linking import must_be_explained

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def create_plan(
    *, organisation: Organisation, name: str, level_names: tuple[str, ...] = (), by: User | None
) -> Plan:
    """Open a plan. `level_names` are its own words for its levels, from the top (柱, 取組)."""
    must_belong(organisation, by)
    name = require_words(name, field="name", thing="プランの名称")
    if Plan.objects.filter(organisation=organisation, name=name).exists():
        raise RuleViolation(
            "plan_exists",
            f"「{name}」という名称のプランは既にあります。既存のプランに版を追加するか、別の名称を付けてください。",
            field="name",
        )
    plan = Plan.objects.create(organisation=organisation, name=name, level_names=_levels(level_names))
    added(plan, {"name": name, "level_names": plan.level_names}, action="plans.plan.created", by=by)
    return plan


@transaction.atomic
def revise_plan(*, plan: Plan, name: str, level_names: tuple[str, ...], by: User | None) -> Plan:
    """Change a plan's name or its words for its levels."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=plan.pk)
    must_belong(plan.organisation, by)
    name = require_words(name, field="name", thing="プランの名称")
    if Plan.objects.filter(organisation=plan.organisation, name=name).exclude(pk=plan.pk).exists():
        raise RuleViolation(
            "plan_exists",
            f"「{name}」という名称のプランは既にあります。別の名称を付けてください。",
            field="name",
        )
    change(plan, {"name": name, "level_names": _levels(level_names)}, action="plans.plan.revised", by=by)
    return plan


@transaction.atomic
def create_edition(*, plan: Plan, fields: EditionFields, by: User | None) -> Edition:
    """Open an edition, empty and in draft."""
    must_belong(plan.organisation, by)
    values = edition_values(fields)
    title_must_be_free(plan, fields.title, other_than=None)
    edition = Edition.objects.create(plan=plan, **values)
    added(edition, values, action="plans.edition.created", by=by)
    return edition


@transaction.atomic
def revise_edition(*, edition: Edition, fields: EditionFields, by: User | None) -> Edition:
    """Change an edition's title, years or summary."""
    edition = open_edition(edition, by)
    values = edition_values(fields)
    title_must_be_free(edition.plan, fields.title, other_than=edition)
    change(edition, values, action="plans.edition.revised", by=by)
    return edition


@transaction.atomic
def change_state(*, edition: Edition, state: str, by: User | None) -> Edition:
    """Say that an edition is being drafted, is in force, or has run its course.

    A draft of a next edition comes into force only once every change in it has its reason.
    """
    edition = open_edition(edition, by)
    if state not in words.STATES:
        raise RuleViolation(
            "state_unknown", "版の状態を「作成中」「実施中」「終了」から選んでください。", field="state"
        )
    if state == "in_force":
        must_be_explained(edition)
    change(edition, {"state": state}, action="plans.edition.state_changed", by=by)
    return edition


@transaction.atomic
def lock_edition(*, edition: Edition, by: User | None) -> Edition:
    """Close an edition to all changes, as before a publication."""
    edition = open_edition(edition, by)
    now = timezone.now().replace(microsecond=0)
    change(edition, {"locked_at": now}, action="plans.edition.locked", by=by)
    return edition


@transaction.atomic
def unlock_edition(*, edition: Edition, reason: str, by: User | None) -> Edition:
    """Open a locked edition again; the reason is kept."""
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("plan__organisation")
        .get(pk=edition.pk)
    )
    must_belong(edition.plan.organisation, by)
    if edition.locked_at is None:
        raise RuleViolation(
            "edition_not_locked", f"「{edition.title}」は確定されていません。そのまま変更できます。"
        )
    said = require_words(reason, field="reason", thing="確定を解除する理由")
    change(edition, {"locked_at": None}, action="plans.edition.unlocked", by=by, note=said)
    return edition


def _levels(names: tuple[str, ...]) -> list[str]:
    return [name.strip() for name in names if name.strip()]


def edition_values(fields: EditionFields) -> dict[str, object]:
    """The columns of an edition from its fields, checked."""
    period_from, period_to = fields.period or (None, None)
    if period_from is not None and period_to is not None and period_to < period_from:
        raise RuleViolation(
            "period_backwards",
            "期間の終わりの年度が始まりより前です。年度を入れ直してください。",
            field="period_to",
        )
    return {
        "title": require_words(fields.title, field="title", thing="版の名称"),
        "fiscal_year": fields.fiscal_year,
        "period_from": period_from,
        "period_to": period_to,
        "summary": fields.summary.strip(),
    }


def title_must_be_free(plan: Plan, title: str, *, other_than: Edition | None) -> None:
    """Refuse a title that another edition of the plan bears."""
    same = Edition.objects.filter(plan=plan, title=title.strip())
    if other_than is not None:
        same = same.exclude(pk=other_than.pk)
    if same.exists():
        raise RuleViolation(
            "edition_exists",
            f"「{title.strip()}」という版は既にこのプランにあります。年度を付けるなど、別の名称にしてください。",
            field="title",
        )
