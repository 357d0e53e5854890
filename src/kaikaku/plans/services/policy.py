"""The rating rule of an edition, and the links between editions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import Scheme
from kaikaku.plans import words
from kaikaku.plans.models import Edition, Indicator, Lineage, Plan, RatingScheme, Section
from kaikaku.plans.services.guard import must_belong, open_edition, plain, require_words
from kaikaku.plans.services.settling import edition_is_draft

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

Part = Section | Indicator


@transaction.atomic
def adopt_scheme(
    *, organisation: Organisation, scheme: Scheme, valid_from: date, by: User | None
) -> RatingScheme:
    """Keep a rating scheme for an organisation, a shipped one or its own; the same scheme is kept once.

    A kept scheme is never changed: results refer to it. A new rule is a new row with the day it holds from.
    """
    must_belong(organisation, by)
    data = scheme.as_json()
    for kept in RatingScheme.objects.filter(organisation=organisation, name=scheme.name):
        if kept.data == data:
            return kept
    row = RatingScheme.objects.create(
        organisation=organisation, name=scheme.name, data=data, valid_from=valid_from
    )
    new = {"name": row.name, "valid_from": plain(valid_from), "data": data}
    record("plans.scheme.adopted", on=row, by=by, organisation=organisation, old=None, new=new)
    return row


@transaction.atomic
def change_scheme(
    *,
    edition: Edition,
    scheme: Scheme,
    valid_from: date,
    by: User | None,
    reason: str = "",
) -> Edition:
    """Put an edition under a rating scheme from a day on; its formula and denominator are part of it.

    What it does to the grades is seen beforehand in `queries.preview_scheme`. Changing a rule that is in
    force needs a reason; choosing the first does not.
    """
    edition = open_edition(edition, by)
    before = edition.scheme
    said = reason.strip()
    row = adopt_scheme(organisation=edition.plan.organisation, scheme=scheme, valid_from=valid_from, by=by)
    if before == row:
        return edition
    if before is not None:
        said = require_words(said, field="reason", thing="評価の決まりを変更する理由")
    edition.scheme = row
    edition.save(update_fields=["scheme"])
    record(
        "plans.edition.scheme_changed",
        on=edition,
        by=by,
        organisation=edition.plan.organisation,
        old={"scheme": plain(before)},
        new={"scheme": plain(row)},
        note=said,
    )
    return edition


@transaction.atomic
def link_lineage(
    *,
    plan: Plan,
    kind: str,
    origin: Part | None,
    heir: Part | None,
    reason: str = "",
    outcome: str = "",
    by: User | None,
) -> Lineage:
    """Say what a part of one edition became in another. All but 継続 need a reason; what ended needs its
    outcome.
    """
    must_belong(plan.organisation, by)
    _must_make_sense(plan, kind, origin, heir)
    _must_fit(origin, heir)
    if kind != "carried":
        reason = require_words(reason, field="reason", thing="つながりの理由")
    if kind == "ended" and outcome not in words.END_OUTCOMES:
        raise RuleViolation(
            "outcome_unknown",
            "終了の種類を「課題の解決」「ほかの取組に吸収」「取りやめ」から選んでください。",
            field="outcome",
        )
    link = Lineage.objects.create(
        plan=plan,
        kind=kind,
        outcome=outcome if kind == "ended" else "",
        reason=reason.strip(),
        from_section=origin if isinstance(origin, Section) else None,
        to_section=heir if isinstance(heir, Section) else None,
        from_indicator=origin if isinstance(origin, Indicator) else None,
        to_indicator=heir if isinstance(heir, Indicator) else None,
    )
    new = {"kind": kind, "from": plain(origin), "to": plain(heir), "outcome": link.outcome}
    record(
        "plans.lineage.linked",
        on=heir or origin,
        by=by,
        organisation=plan.organisation,
        old=None,
        new=new,
        note=link.reason,
    )
    return link


@transaction.atomic
def unlink_lineage(*, link: Lineage, reason: str, by: User | None) -> None:
    """Take back a link that was drawn by mistake; the log keeps it."""
    must_belong(link.plan.organisation, by)
    said = require_words(reason, field="reason", thing="取り消す理由")
    origin = link.from_section or link.from_indicator
    heir = link.to_section or link.to_indicator
    if heir is not None and edition_is_draft(heir.edition):
        raise RuleViolation(
            "link_of_draft",
            "作成中の版のつながりは、変更に合わせて自動で記録しています。取り消す代わりに、"
            "「終了にする」「統合する」「分割する」で直してください。",
        )
    old = {"kind": link.kind, "from": plain(origin), "to": plain(heir), "reason": link.reason}
    record(
        "plans.lineage.unlinked",
        on=heir or origin,
        by=by,
        organisation=link.plan.organisation,
        old=old,
        new=None,
        note=said,
    )
    link.delete()


def _must_make_sense(plan: Plan, kind: str, origin: Part | None, heir: Part | None) -> None:
    if kind not in words.LINK_KINDS:
        raise RuleViolation("link_kind_unknown", "つながりの種類を一覧から選んでください。", field="kind")
    if (origin is None) != (kind == "added") or (heir is None) != (kind == "ended"):
        raise RuleViolation(
            "link_ends_wrong",
            "「新規」は新しい側だけ、「終了」は前の側だけ、そのほかは両方を選んでください。",
            field="kind",
        )
    if origin is not None and heir is not None:
        if type(origin) is not type(heir):
            raise RuleViolation(
                "link_ends_mixed", "見出しは見出しと、指標は指標とつないでください。", field="kind"
            )
        if origin.edition_id == heir.edition_id:
            raise RuleViolation(
                "link_same_edition",
                "同じ版の中ではつなげません。前の版と次の版から選んでください。",
                field="kind",
            )
    if any(part is not None and part.edition.plan_id != plan.pk for part in (origin, heir)):
        raise RuleViolation("link_other_plan", "このプランの版から選んでください。", field="kind")


def _must_fit(origin: Part | None, heir: Part | None) -> None:
    """Refuse a link that stands already, an end or a beginning beside links that say otherwise."""
    name = "section" if isinstance(origin or heir, Section) else "indicator"
    links = Lineage.objects.all()
    if origin is not None and heir is not None:
        fresh = not links.filter(**{f"from_{name}": origin, f"to_{name}": heir}).exists()
        new = links.filter(kind="added", **{f"to_{name}": heir}).exists()
        over = links.filter(kind="ended", **{f"from_{name}": origin}).exists()
    elif origin is None:
        fresh, over = not links.filter(kind="added", **{f"to_{name}": heir}).exists(), False
        new = links.filter(**{f"to_{name}": heir}).exclude(kind="added").exists()
    else:
        fresh, new = not links.filter(kind="ended", **{f"from_{name}": origin}).exists(), False
        over = links.filter(**{f"from_{name}": origin}).exclude(kind="ended").exists()
    if not fresh:
        raise RuleViolation("link_exists", "同じつながりが既に記録されています。", field="kind")
    if new or over:
        raise RuleViolation(
            "link_contradicts",
            f"「{heir if new else origin}」には、これと食い違うつながりが記録されています。"
            "先にそのつながりを取り消してください。",
            field="kind",
        )
