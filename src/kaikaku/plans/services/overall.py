"""Overall ratings: the policy an edition rates its sections by, and what people settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.rollup import HELD, Policy, check_final
from kaikaku.plans.models import Edition, OverallRating, Section
from kaikaku.plans.queries.edition_rows import EditionRows, rows_of
from kaikaku.plans.services.guard import added, change, open_edition, require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def choose_overall_policy(
    *, edition: Edition, policy: Policy | None, reason: str = "", by: User | None
) -> Edition:
    """Say how sections are rated as a whole, None for not at all. Changing it needs a reason; what people
    settled stays, and is marked where the new policy gives something else.
    """
    edition = open_edition(edition, by)
    if policy is not None and edition.scheme is None:
        raise RuleViolation(
            "scheme_missing",
            "評価の決まりがまだ選ばれていません。先に「評価の決まり」を選んでから、総合評価の方法を決めてください。",
        )
    said = reason.strip()
    data = policy.as_json() if policy else None
    if edition.overall_policy is not None and data != edition.overall_policy:
        said = require_words(said, field="reason", thing="総合評価の決まりを変更する理由")
    change(edition, {"overall_policy": data}, action="plans.edition.overall_policy_set", by=by, note=said)
    return edition


@transaction.atomic
def settle_overall(
    *, section: Section, level: str, reason: str = "", decider: str, by: User | None
) -> OverallRating:
    """Settle the overall rating of a section in the year its edition reports on; `level` blank is 判定保留.

    What differs from the policy's rating needs its reason. An earlier decision is superseded and kept.
    """
    edition = open_edition(section.edition, by)
    rows = _rated(edition)
    one = rows.overall.get(section.pk)
    if one is None:
        raise RuleViolation(
            "nothing_to_rate",
            f"「{section}」には、総合評価のもとになる指標の評価がありません。指標の実績を先に入力してください。",
        )
    return _settle(rows, section, level=level, reason=reason, decider=decider, by=by)


@transaction.atomic
def settle_as_rated(*, edition: Edition, decider: str, by: User | None) -> Sequence[OverallRating]:
    """Settle every section that nobody has settled yet just as the policy rates it; all or none."""
    edition = open_edition(edition, by)
    rows = _rated(edition)
    waiting = [one for one in rows.overall.values() if one.settled is None]
    if not waiting:
        raise RuleViolation("nothing_waits", "まだ決めていない総合評価はありません。")
    sections = Section.objects.select_related("edition__plan__organisation").in_bulk([o.key for o in waiting])
    return [
        _settle(
            rows,
            sections[one.key],
            level=one.automatic.level.label if one.automatic.level else "",
            reason="",
            decider=decider,
            by=by,
        )
        for one in waiting
    ]


def _rated(edition: Edition) -> EditionRows:
    rows = rows_of(Edition.objects.select_related("plan__organisation", "scheme").get(pk=edition.pk))
    if rows.policy is None:
        raise RuleViolation(
            "policy_missing",
            "総合評価の方法がまだ決まっていません。先に「総合評価の決まり」を選んでください。",
        )
    return rows


def _settle(
    rows: EditionRows, section: Section, *, level: str, reason: str, decider: str, by: User | None
) -> OverallRating:
    one, year = rows.overall[section.pk], rows.year
    chosen = rows.policy.level(level) if rows.policy and level else None
    if level and chosen is None:
        raise RuleViolation("level_unknown", "総合評価を一覧から選んでください。", field="level")
    assert year is not None  # without a year nothing is rated
    said, who = reason.strip(), require_words(decider, field="decider", thing="決めた人・会議")
    check_final(automatic=one.automatic.label, final=level or HELD, reason=said)
    before = (
        OverallRating.objects.select_for_update()
        .filter(section=section, fiscal_year=year, is_current=True)
        .first()
    )
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    values = {
        "fiscal_year": year,
        "level": level,
        "automatic": one.automatic.label,
        "working": one.automatic.sentence,
        "reason": said,
        "decider": who,
    }
    row = OverallRating.objects.create(
        section=section, slot=chosen.slot if chosen else 0, by=by, supersedes=before, **values
    )
    shown = {**values, "level": level or HELD}
    added(row, shown, action="plans.overall.settled", by=by, note=said)
    return row
