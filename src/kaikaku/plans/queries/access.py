"""Getting plans and their parts, always for a user of their organisation; another's answers 404."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kaikaku.audit.models import Entry
from kaikaku.audit.queries import history_of
from kaikaku.core.ratings import SCHEMES, Scheme
from kaikaku.core.rollup import Policy
from kaikaku.org.queries import organisation_of
from kaikaku.plans.models import (
    Edition,
    Figure,
    Footnote,
    Indicator,
    Item,
    Lineage,
    Plan,
    PlanTable,
    RatingScheme,
    Section,
)
from kaikaku.plans.queries.rows import sections_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


def plans_for(user: User) -> QuerySet[Plan]:
    """The plans of the user's organisation, by name."""
    return Plan.objects.filter(organisation=organisation_of(user)).select_related("organisation")


def plan_for(user: User, pk: int) -> Plan:
    """One plan of the user's organisation, or 404."""
    return get_object_or_404(plans_for(user), pk=pk)


def editions_for(user: User) -> QuerySet[Edition]:
    """The editions of the user's organisation, newest first."""
    editions = Edition.objects.filter(plan__organisation=organisation_of(user))
    return editions.select_related("plan__organisation", "scheme")


def edition_for(user: User, pk: int) -> Edition:
    """One edition of the user's organisation, or 404."""
    return get_object_or_404(editions_for(user), pk=pk)


def section_for(user: User, pk: int) -> Section:
    """One section in sight, or 404."""
    sections = Section.objects.filter(removed_at__isnull=True).select_related(
        "edition__plan__organisation", "edition__scheme", "parent", "owner", "citation__document"
    )
    return get_object_or_404(sections, pk=pk, edition__plan__organisation=organisation_of(user))


def indicator_for(user: User, pk: int) -> Indicator:
    """One indicator in sight, or 404."""
    indicators = Indicator.objects.filter(removed_at__isnull=True).select_related(
        "edition__plan__organisation", "edition__scheme", "section", "owner", "citation__document"
    )
    return get_object_or_404(indicators, pk=pk, edition__plan__organisation=organisation_of(user))


def item_for(user: User, pk: int) -> Item:
    """One line in sight, or 404."""
    items = Item.objects.filter(removed_at__isnull=True).select_related(
        "section__edition__plan__organisation"
    )
    return get_object_or_404(items, pk=pk, section__edition__plan__organisation=organisation_of(user))


def figure_for(user: User, pk: int) -> Figure:
    """One figure of an indicator in sight, superseded or not, or 404."""
    figures = Figure.objects.filter(indicator__removed_at__isnull=True).select_related(
        "indicator__edition__plan__organisation", "indicator__section"
    )
    return get_object_or_404(figures, pk=pk, indicator__edition__plan__organisation=organisation_of(user))


def table_for(user: User, pk: int) -> PlanTable:
    """One table in sight, or 404."""
    tables = PlanTable.objects.filter(removed_at__isnull=True).select_related(
        "edition__plan__organisation", "section"
    )
    return get_object_or_404(tables, pk=pk, edition__plan__organisation=organisation_of(user))


def footnote_for(user: User, pk: int) -> Footnote:
    """One footnote in sight, or 404."""
    notes = Footnote.objects.filter(removed_at__isnull=True).select_related("edition__plan__organisation")
    return get_object_or_404(notes, pk=pk, edition__plan__organisation=organisation_of(user))


def link_for(user: User, pk: int) -> Lineage:
    """One link between editions, or 404."""
    links = Lineage.objects.select_related(
        "plan__organisation", "from_section", "to_section", "from_indicator", "to_indicator"
    )
    return get_object_or_404(links, pk=pk, plan__organisation=organisation_of(user))


def path_of(section: Section) -> list[Section]:
    """The sections from the top level down to this one."""
    of = {one.pk: one for one in Section.objects.filter(edition=section.edition_id)}
    path, here = [], of.get(section.pk)
    while here is not None:
        path.append(here)
        here = of.get(here.parent_id or 0)
    return path[::-1]


def section_choices(edition: Edition, *, without: Section | None = None) -> list[tuple[int, str]]:
    """(key, title indented by depth) of every section in document order, less a branch that cannot be
    chosen.
    """
    found, closed_at = [], None
    for facts in sections_of(edition.pk):
        if closed_at is not None and facts.depth > closed_at:
            continue
        closed_at = facts.depth if without is not None and facts.key == without.pk else None
        if closed_at is None:
            found.append((facts.key, f"{'　' * (facts.depth - 1)}{facts.number} {facts.title}".rstrip()))
    return found


def section_in(edition: Edition, key: int | None) -> Section | None:
    """A section of the edition by its key, or 404; None for None."""
    if key is None:
        return None
    return get_object_or_404(Section, pk=key, edition=edition, removed_at__isnull=True)


def sections_in(edition: Edition, keys: list[int]) -> list[Section]:
    """Sections of the edition by their keys, in order."""
    return list(
        Section.objects.filter(edition=edition, pk__in=keys, removed_at__isnull=True).order_by("position")
    )


def section_in_plan(plan: Plan, key: int) -> Section:
    """A section of any edition of the plan, or 404."""
    return get_object_or_404(Section.objects.select_related("edition"), pk=key, edition__plan=plan)


def indicator_in_plan(plan: Plan, key: int) -> Indicator:
    """An indicator of any edition of the plan, or 404."""
    return get_object_or_404(Indicator.objects.select_related("edition"), pk=key, edition__plan=plan)


def indicators_in(edition: Edition, keys: list[int]) -> list[Indicator]:
    """Indicators of the edition by their keys, in order."""
    rows = Indicator.objects.filter(edition=edition, pk__in=keys, removed_at__isnull=True)
    return list(rows.order_by("position"))


def indicator_choices(indicator: Indicator) -> list[tuple[int, str]]:
    """(key, name) of the other indicators of the same edition, in order."""
    rows = Indicator.objects.filter(edition=indicator.edition_id, removed_at__isnull=True)
    return list(rows.exclude(pk=indicator.pk).order_by("position").values_list("pk", "name"))


def draft_after(user: User, link: Lineage) -> Edition:
    """The edition drafted from the one a link comes from, or 404."""
    origin = link.from_section or link.from_indicator
    return get_object_or_404(editions_for(user), drafted_from=origin.edition_id if origin else None)


def earlier_parts(part: Section | Indicator) -> list[tuple[str, list[tuple[int, str]]]]:
    """What a part may have come from: those of the plan's other editions, by edition, newest first."""
    editions = Edition.objects.filter(plan=part.edition.plan_id).exclude(pk=part.edition_id)
    if isinstance(part, Section):
        return [(e.title, section_choices(e)) for e in editions]
    rows = Indicator.objects.filter(edition__in=editions, removed_at__isnull=True).order_by("position")
    by_edition: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, edition, name in rows.values_list("pk", "edition", "name"):
        by_edition[edition].append((key, name))
    return [(e.title, by_edition[e.pk]) for e in editions if by_edition[e.pk]]


def links_of(part: Section | Indicator) -> list[Lineage]:
    """What a part came from and what became of it, oldest first."""
    here = (
        Q(from_section=part) | Q(to_section=part)
        if isinstance(part, Section)
        else Q(from_indicator=part) | Q(to_indicator=part)
    )
    links = Lineage.objects.filter(here).select_related(
        "from_section__edition", "to_section__edition", "from_indicator__edition", "to_indicator__edition"
    )
    return list(links)


def policy_of(edition: Edition) -> Policy | None:
    """How the edition rates its sections as a whole; None where it does not."""
    return Policy.from_json(edition.overall_policy) if edition.overall_policy else None


def scheme_of(edition: Edition) -> Scheme | None:
    """The rating rule of an edition, if it has one."""
    return Scheme.from_json(edition.scheme.data) if edition.scheme else None


def schemes_for(user: User) -> dict[str, Scheme]:
    """What may be chosen as a rule: ours by id, then the organisation's own by 'own-' and key, newest
    first.
    """
    kept = RatingScheme.objects.filter(organisation=organisation_of(user))
    own = {f"own-{row.pk}": Scheme.from_json(row.data) for row in kept}
    return {**SCHEMES, **{key: scheme for key, scheme in own.items() if scheme not in SCHEMES.values()}}


def scheme_for(user: User, key: str) -> Scheme:
    """One of `schemes_for`, or 404."""
    found = schemes_for(user).get(key)
    if found is None:
        raise Http404
    return found


def history_for(user: User, part: Plan | Edition | Section | Indicator, *, most: int = 50) -> list[Entry]:
    """What happened to a part, newest first; to an indicator, its figures included."""
    if not isinstance(part, Indicator):
        return list(history_of(user, part)[:most])
    figures = [str(pk) for pk in Figure.objects.filter(indicator=part).values_list("pk", flat=True)]
    here = Q(subject_type=Indicator._meta.label_lower, subject_id=str(part.pk))
    here |= Q(subject_type=Figure._meta.label_lower, subject_id__in=figures)
    entries = Entry.objects.filter(here, organisation=organisation_of(user)).select_related("by")
    return list(entries.order_by("-number")[:most])


def figures_superseded(indicator: Indicator) -> list[Figure]:
    """Values that were settled or corrected, newest first."""
    old = Figure.objects.filter(indicator=indicator, is_current=False).prefetch_related("superseded_by")
    return list(old.order_by("-pk"))
