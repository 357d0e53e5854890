"""Next year's edition, copied forward from the last (加除修正), every part linked to what it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import tree_of
from kaikaku.plans.carrying import carried_figures, carried_items, year_of_item
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import (
    Edition,
    Figure,
    Footnote,
    Indicator,
    Item,
    Lineage,
    PlanTable,
    Section,
)
from kaikaku.plans.queries.rows import indicators_of, items_of, sections_of
from kaikaku.plans.services.causes import hand_on_causes
from kaikaku.plans.services.editions import edition_values, title_must_be_free
from kaikaku.plans.services.guard import must_belong, plain, take_codes
from kaikaku.plans.services.settling import origin_of

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.org.tree import Tree

Row = TypeVar("Row", bound=models.Model)
APRIL = (4, 1)  # a fiscal year begins on 1 April (自治法208条)
BATCH = 500


@dataclass(frozen=True, slots=True)
class _Copying:
    """From where to where, and who is in charge when the new edition begins."""

    base: Edition
    draft: Edition
    offices: Tree | None

    def owner(self, row: Section | Indicator) -> int | None:
        """The department in charge, or who has taken its duties over by then; None if nobody has."""
        if row.owner is None or self.offices is None or row.owner.opened > self.offices.on:
            return row.owner_id
        heir = self.offices.heir(row.owner.pk)
        return heir.pk if heir else None


@transaction.atomic
def draft_next_edition(
    *, edition: Edition, fields: EditionFields, directions_fixed: bool = False, by: User | None
) -> Edition:
    """Copy an edition forward as the draft of the next: sections, lines that are plans, tables, footnotes,
    indicators with their targets and last result, the rating rule; each part linked as 継続.

    What had ended in the last edition is not copied; its link says how it ended. Departments are those that
    have the duties on the first day of the new edition. All or nothing, with one entry in the log. The last
    edition may be locked; of one edition one draft is made.
    """
    base = _held(edition, by)
    values = edition_values(fields)
    title_must_be_free(base.plan, fields.title, other_than=None)
    draft = Edition.objects.create(
        plan=base.plan,
        drafted_from=base,
        scheme=base.scheme,
        directions_fixed=directions_fixed,
        overall_policy=base.overall_policy,
        **values,
    )
    job = _Copying(base, draft, _offices(draft))
    ended = _ended(base)
    sections = _copy_sections(job, without=set(ended))
    counts = {
        "sections": len(sections),
        "items": _copy_items(job, sections),
        "tables": _copy_tables(job, sections, ended),
        "footnotes": _copy_footnotes(job),
    }
    indicators = _copy_indicators(job, sections, ended)
    counts |= {"indicators": len(indicators), "figures": _copy_figures(job, indicators)}
    counts["ended"] = _say_ended(base, ended)
    record(
        "plans.edition.drafted",
        on=draft,
        by=by,
        organisation=base.plan.organisation,
        old=None,
        new={"drafted_from": plain(base), "directions_fixed": directions_fixed, **counts},
    )
    return draft


@transaction.atomic
def resume_part(*, link: Lineage, draft: Edition, by: User | None) -> Section | Indicator:
    """Take back an end that was decided in a draft: the part is copied forward once more, by itself."""
    origin = origin_of(link)
    held = Edition.objects.select_related("plan__organisation", "drafted_from").get(pk=draft.pk)
    must_belong(held.plan.organisation, by)
    if origin is None or link.kind != "ended" or held.drafted_from_id != origin.edition_id:
        raise RuleViolation(
            "not_ended", "この版の案で終了にした項目ではありません。一覧から選び直してください。"
        )
    if held.state != "draft" or held.locked_at is not None:
        raise RuleViolation("draft_closed", f"「{held}」は作成中ではないため、終了を取り消せません。")
    job = _Copying(origin.edition, held, _offices(held))
    heirs = _heirs(held)
    what = plain(origin)
    link.delete()
    made: Section | Indicator
    if isinstance(origin, Section):
        made = _copy_sections(job, only=origin.pk, heirs=heirs)[origin.pk]
        _copy_items(job, {origin.pk: made})
    else:
        made = _copy_indicators(job, heirs, {}, only=origin.pk)[origin.pk]
        _copy_figures(job, {origin.pk: made})
    hand_on_causes(held, origin, made)
    name = "section" if isinstance(made, Section) else "indicator"
    organisation = held.plan.organisation
    new = {"from": what}
    record(f"plans.{name}.resumed", on=made, by=by, organisation=organisation, old=None, new=new)
    return made


def _held(edition: Edition, by: User | None) -> Edition:
    """The last edition, its row held, so that two people cannot draft from it at once."""
    held = Edition.objects.select_for_update(of=("self",)).select_related("plan__organisation", "scheme")
    base = held.get(pk=edition.pk)
    must_belong(base.plan.organisation, by)
    following = Edition.objects.filter(drafted_from=base).first()
    if following is not None:
        raise RuleViolation(
            "already_drafted",
            f"「{base}」の次の版「{following}」が既にあります。その版を開いて、続きを進めてください。",
            edition=following.pk,
        )
    return base


def _offices(draft: Edition) -> Tree | None:
    year = draft.period_from or draft.fiscal_year
    year = max(year, draft.fiscal_year or year) if year else None
    return tree_of(draft.plan.organisation, date(year, *APRIL)) if year else None


def _ended(base: Edition) -> dict[int, tuple[str, str]]:
    """What of the last edition has ended, with outcome and reason; what stood under it ended with it."""
    found: dict[int, tuple[str, str]] = {}
    for facts in sections_of(base.pk):
        if facts.ended_as:
            found[facts.key] = (facts.ended_as, facts.end_reason)
        elif facts.parent in found:
            found[facts.key] = found[facts.parent]
    return found


def _copy_sections(
    job: _Copying,
    *,
    without: Collection[int] = (),
    only: int | None = None,
    heirs: Mapping[int, Section] | None = None,
) -> dict[int, Section]:
    """New sections by the key of the old one, a level at a time, for the keys of those above."""
    facts = [f for f in sections_of(job.base.pk) if f.key not in without and only in (None, f.key)]
    rows = Section.objects.select_related("owner").in_bulk([f.key for f in facts])
    codes = dict(zip([f.key for f in facts], take_codes(job.draft.plan, "s", count=len(facts)), strict=True))
    made: dict[int, Section] = {}
    for depth in sorted({f.depth for f in facts}):
        level = [f for f in facts if f.depth == depth]
        copies = []
        for f in level:
            parent = None if f.parent is None else (made if only is None else heirs or {}).get(f.parent)
            new = {"edition": job.draft, "parent": parent, "code": codes[f.key], "citation": None}
            copies.append(_copy(rows[f.key], **new, owner_id=job.owner(rows[f.key])))
        made.update(zip([f.key for f in level], Section.objects.bulk_create(copies), strict=True))
    _link(job, "section", [(rows[key], copy) for key, copy in made.items()])
    return made


def _copy_items(job: _Copying, sections: Mapping[int, Section]) -> int:
    keep = [
        item.key
        for section, items in items_of(job.base.pk).items()
        if section in sections
        for item in carried_items(items)
    ]
    rows = Item.objects.filter(pk__in=keep).order_by("position", "pk")
    year = job.draft.fiscal_year
    copies = [
        _copy(
            row,
            section=sections[row.section_id],
            citation=None,
            fiscal_year=year_of_item(row.fiscal_year, year) if row.kind == "plan" else row.fiscal_year,
        )
        for row in rows
    ]
    return len(Item.objects.bulk_create(copies, batch_size=BATCH))


def _copy_tables(job: _Copying, sections: Mapping[int, Section], ended: Collection[int]) -> int:
    rows = PlanTable.objects.filter(edition=job.base, removed_at__isnull=True).order_by("position", "pk")
    copies = [
        _copy(row, edition=job.draft, section=sections.get(row.section_id or 0), citation=None)
        for row in rows
        if row.section_id not in ended
    ]
    return len(PlanTable.objects.bulk_create(copies))


def _copy_footnotes(job: _Copying) -> int:
    rows = Footnote.objects.filter(edition=job.base, removed_at__isnull=True).order_by("position", "pk")
    return len(Footnote.objects.bulk_create(_copy(row, edition=job.draft, citation=None) for row in rows))


def _copy_indicators(
    job: _Copying,
    sections: Mapping[int, Section],
    ended: dict[int, tuple[str, str]],
    *,
    only: int | None = None,
) -> dict[int, Indicator]:
    """New indicators by the key of the old one; those that ended, or whose section did, stay behind."""
    rows = Indicator.objects.filter(edition=job.base, removed_at__isnull=True).select_related("owner")
    if only is not None:
        rows = rows.filter(pk=only)
    kept = [row for row in rows if only is not None or not (row.ended_as or row.section_id in ended)]
    codes = take_codes(job.draft.plan, "i", count=len(kept))
    copies = []
    for row, code in zip(kept, codes, strict=True):
        place = {"edition": job.draft, "section": sections.get(row.section_id or 0), "code": code}
        copies.append(
            _copy(row, **place, citation=None, external_factor="", ended_as="", owner_id=job.owner(row))
        )
    made = dict(zip([row.pk for row in kept], Indicator.objects.bulk_create(copies), strict=True))
    again = Indicator.cross_listed.through
    again.objects.bulk_create(
        again(indicator=made[one.indicator_id], section=sections[one.section_id])
        for one in again.objects.filter(indicator__in=list(made))
        if one.section_id in sections
    )
    _link(job, "indicator", [(row, made[row.pk]) for row in kept])
    return made


def _copy_figures(job: _Copying, indicators: Mapping[int, Indicator]) -> int:
    """Figures keep their citation: they are what that document said."""
    keep = {
        figure.key: indicators[facts.key]
        for facts in indicators_of(job.base.pk)
        if facts.key in indicators
        for figure in carried_figures(facts.figures, period_from=job.draft.period_from)
    }
    rows = Figure.objects.in_bulk(list(keep))
    copies = [
        _copy(rows[key], indicator=heir, supersedes=None, change_reason="") for key, heir in keep.items()
    ]
    return len(Figure.objects.bulk_create(copies, batch_size=BATCH))


def _say_ended(base: Edition, sections: dict[int, tuple[str, str]]) -> int:
    """A link for each part that stays behind, with how and why it ended."""
    links = [
        Lineage(plan=base.plan, kind="ended", outcome=outcome, reason=reason, from_section_id=key)
        for key, (outcome, reason) in sections.items()
    ]
    for row in Indicator.objects.filter(edition=base, removed_at__isnull=True):
        outcome, reason = row.ended_as, row.end_reason
        if not outcome:
            outcome, reason = sections.get(row.section_id or 0, ("", ""))
        if outcome:
            links.append(
                Lineage(plan=base.plan, kind="ended", outcome=outcome, reason=reason, from_indicator=row)
            )
    return len(Lineage.objects.bulk_create(links, batch_size=BATCH))


def _heirs(draft: Edition) -> dict[int, Section]:
    """The draft's sections by the key of what they come from."""
    links = Lineage.objects.filter(
        to_section__edition=draft, from_section__edition=draft.drafted_from, to_section__removed_at=None
    ).select_related("to_section")
    return {
        link.from_section_id: link.to_section for link in links if link.from_section_id and link.to_section
    }


def _link(job: _Copying, name: str, pairs: Iterable[tuple[Section | Indicator, Section | Indicator]]) -> None:
    Lineage.objects.bulk_create(
        (
            Lineage(plan=job.base.plan, kind="carried", **{f"from_{name}": old, f"to_{name}": new})
            for old, new in pairs
        ),
        batch_size=BATCH,
    )


def _copy(row: Row, **changes: Any) -> Row:
    """A row not yet saved, with the columns of another but for its key and what is changed."""
    given = {"id", *changes, *(f"{name}_id" for name in changes)}
    names: Sequence[str] = [f.attname for f in row._meta.concrete_fields if f.attname not in given]
    return type(row)(**{name: getattr(row, name) for name in names}, **changes)
