"""Links of a drafted edition follow what is changed in it: 継続 becomes 改定, 名称変更 or 移動, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kaikaku.audit.services import record
from kaikaku.plans.carrying import AUTOMATIC, indicator_text, kind_between, section_text, target_years
from kaikaku.plans.models import Edition, Indicator, Lineage, Section
from kaikaku.plans.queries.rows import indicators_by_key, items_of, sections_of
from kaikaku.plans.services.guard import added, change, plain

if TYPE_CHECKING:
    from kaikaku.org.models import User

Part = Section | Indicator


def side(part: Part) -> str:
    """What the columns of a link call this sort of part."""
    return "section" if isinstance(part, Section) else "indicator"


def links_to(part: Part) -> list[Lineage]:
    """Where a part of a drafted edition comes from; what is new has one link without an origin."""
    name = side(part)
    links = Lineage.objects.filter(**{f"to_{name}": part}).select_related(
        f"from_{name}", "plan__organisation"
    )
    base = part.edition.drafted_from_id
    return [link for link in links if (was := origin_of(link)) is None or was.edition_id == base]


def origin_of(link: Lineage) -> Part | None:
    """The part a link comes from, if there is one."""
    return link.from_section or link.from_indicator


def settle(part: Part, by: User | None) -> None:
    """Bring the kind of a part's link in line with what now differs; only where a person has not said it.

    In an edition that was not drafted from another, links are what people decided, and stay.
    """
    if part.edition.drafted_from_id is None:
        return
    links = links_to(part)
    if len(links) != 1 or links[0].kind not in AUTOMATIC:
        return
    change_link(links[0], {"kind": _kind(part, origin_of(links[0]))}, by=by)


def change_link(link: Lineage, values: dict[str, Any], *, by: User | None, note: str = "") -> None:
    """Change a link and put it on record."""
    change(link, values, action="plans.lineage.settled", by=by, note=note)


def mark_added(part: Part, by: User | None) -> None:
    """Say of a part put into a drafted edition that it is new; the reason is asked for later."""
    if part.edition.drafted_from_id is None:
        return
    plan = part.edition.plan
    link = Lineage.objects.create(plan=plan, kind="added", **{f"to_{side(part)}": part})
    added(link, {"kind": "added", "to": part}, action="plans.lineage.linked", by=by)


def drop_link(link: Lineage, *, by: User | None, reason: str) -> None:
    """Take back a link whose part has gone; the log keeps it."""
    record(
        "plans.lineage.unlinked",
        on=link.to_section or link.to_indicator or link,
        by=by,
        organisation=link.plan.organisation,
        old={"kind": link.kind, "from": plain(origin_of(link)), "reason": link.reason},
        new=None,
        note=reason,
    )
    link.delete()


def _kind(part: Part, origin: Part | None) -> str:
    if isinstance(part, Section) and isinstance(origin, Section):
        old, new = section_words(origin), section_words(part)
        place = (origin.parent, part.parent)
    else:
        assert isinstance(part, Indicator)
        assert isinstance(origin, Indicator)
        old, new = _indicator_words(origin, part)
        place = (origin.section, part.section)
    return kind_between(old, new, same_place=_same(*place))


def section_words(section: Section) -> tuple[str, str]:
    """A section's title and text."""
    facts = next(f for f in sections_of(section.edition_id) if f.key == section.pk)
    items = items_of(section.edition_id, section=section.pk).get(section.pk, [])
    return facts.title, section_text(facts, items)


def _indicator_words(origin: Indicator, heir: Indicator) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both indicators in words. A target for a year that had none is no change of the plan: years go on."""
    found = indicators_by_key([origin.pk, heir.pk])
    old, new = found[origin.pk], found[heir.pk]
    years = target_years(old)
    return (old.name, indicator_text(old)), (new.name, indicator_text(new, years=years))


def _same(above: Section | None, now_above: Section | None) -> bool:
    """Whether two places are the same: both the top, or one the heir of the other."""
    if above is None or now_above is None:
        return above is now_above
    return Lineage.objects.filter(from_section=above, to_section=now_above).exists()


def edition_is_draft(edition: Edition) -> bool:
    """Whether an edition is being drafted from another."""
    return edition.drafted_from_id is not None and edition.state == "draft"
