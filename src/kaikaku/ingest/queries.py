"""Reading imports and what they are held against; what a screen shows takes the user."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.ingest.differences import Standing
from kaikaku.ingest.heads import same_plan
from kaikaku.ingest.models import Import, Proposal
from kaikaku.org.queries import organisation_of
from kaikaku.plans.models import (
    Edition,
    Figure,
    Footnote,
    Indicator,
    Item,
    PastResult,
    Plan,
    PlanTable,
    Section,
)
from kaikaku.plans.queries.rows import (
    footnotes_of,
    indicators_of,
    items_of,
    past_lines_of,
    sections_of,
    tables_of,
)

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

LIVE = ("open", "corrected")
ACCEPTABLE = ("new", "changed")


def waiting() -> Q:
    """Proposals still to be accepted: not dropped, something to do, not merely a figure in prose."""
    return Q(decision__in=LIVE, difference__in=ACCEPTABLE) & ~Q(kind="fact")


def imports_for(user: User) -> QuerySet[Import]:
    """The organisation's imports, newest first, with how much of each is `waiting` and `taken`."""
    imports = Import.objects.filter(organisation=organisation_of(user)).select_related(
        "document", "edition__plan", "plan", "created_by"
    )
    through = "proposals__"
    open_ = Q(**{f"{through}decision__in": LIVE, f"{through}difference__in": ACCEPTABLE}) & ~Q(
        **{f"{through}kind": "fact"}
    )
    imports = imports.defer("document__text_lines", "document__places").order_by("-created_at", "-pk")
    return imports.annotate(
        waiting=Count("proposals", filter=open_),
        taken=Count("proposals", filter=Q(proposals__decision="accepted")),
    )


def import_for(user: User, pk: int) -> Import:
    """One import of the user's organisation, or 404."""
    imports = Import.objects.select_related(
        "organisation", "document", "edition__plan", "plan", "base__plan", "created_by"
    )
    return get_object_or_404(imports, pk=pk, organisation=organisation_of(user))


def proposal_for(user: User, pk: int) -> Proposal:
    """One proposal of the user's organisation, or 404."""
    proposals = Proposal.objects.select_related(
        "imported__organisation", "imported__document", "imported__edition", "parent"
    )
    return get_object_or_404(proposals, pk=pk, imported__organisation=organisation_of(user))


def proposals_of(imported: Import) -> list[Proposal]:
    """All rows of an import in order."""
    return list(Proposal.objects.filter(imported=imported).order_by("position", "pk"))


def counts_of(imported: Import) -> dict[str, int]:
    """How many are new, changed, the same, missing, dropped, accepted, in trouble, and waiting."""
    rows = Proposal.objects.filter(imported=imported)
    live = Q(decision__in=LIVE)
    found: dict[str, int] = rows.aggregate(
        new=Count("pk", filter=live & Q(difference="new") & ~Q(kind="fact")),
        changed=Count("pk", filter=live & Q(difference="changed") & ~Q(kind="fact")),
        same=Count("pk", filter=Q(difference="same") & ~Q(kind="fact") & ~Q(decision="accepted")),
        missing=Count("pk", filter=Q(difference="missing")),
        fact=Count("pk", filter=live & Q(kind="fact")),
        dropped=Count("pk", filter=Q(decision="dropped")),
        accepted=Count("pk", filter=Q(decision="accepted")),
        problem=Count("pk", filter=live & Q(difference__in=ACCEPTABLE) & ~Q(problem="") & ~Q(kind="fact")),
        waiting=Count("pk", filter=waiting()),
    )
    return found


def standing_of(edition: Edition | None) -> Standing:
    """All that an edition holds, in nine queries whatever its size."""
    if edition is None:
        return Standing()
    items = items_of(edition.pk)
    return Standing(
        sections=sections_of(edition.pk),
        items=[item for rows in items.values() for item in rows],
        indicators=indicators_of(edition.pk),
        tables=tables_of(edition.pk),
        footnotes=footnotes_of(edition.pk),
        past=past_lines_of(edition.pk),
    )


def homes_for(row: Proposal, kinds: Sequence[str | None]) -> list[tuple[int, str]]:
    """What a proposal may be put under, by key and words, deeper ones further in; never what is below it."""
    rows = [r for r in proposals_of(row.imported) if r.kind in ("section", "indicator")]
    below = {row.pk}
    depth: dict[int, int] = {}
    homes = []
    for other in rows:
        if other.parent_id in below:
            below.add(other.pk)
        depth[other.pk] = depth.get(other.parent_id or 0, -1) + 1
        live = other.decision != "dropped" and other.difference != "missing"
        if other.kind in kinds and other.pk not in below and live:
            words = (
                f"{other.payload.get('number', '')} {other.payload.get('title') or other.payload.get('name')}"
            )
            homes.append((other.pk, f"{'　' * depth[other.pk]}{words.strip()[:60]}"))
    return homes


@dataclass(frozen=True, slots=True)
class Made:
    """What has come of an import: rows by kind added and changed, and those that have a page of their own."""

    added: dict[str, int]
    changed: dict[str, int]
    sections: list[Proposal]
    indicators: list[Proposal]
    corrections: list[Proposal]


def made_of(imported: Import) -> Made:
    """What has come of an import, in the order of the document."""
    rows = [row for row in proposals_of(imported) if row.decision == "accepted"]
    new = [row for row in rows if row.difference != "changed" or imported.base_id is not None]
    changed = [row for row in rows if row.difference == "changed" and imported.base_id is None]
    return Made(
        added=dict(Counter(row.kind for row in new)),
        changed=dict(Counter(row.kind for row in changed)),
        sections=[row for row in new if row.kind == "section" and row.parent_id is None],
        indicators=[row for row in new if row.kind in ("indicator", "fact")],
        corrections=changed,
    )


# --- what an import is for ------------------------------------------------------------------------------


def targets_for(user: User) -> tuple[list[Plan], list[Edition]]:
    """The plans and the unlocked editions of the user's organisation that a document may be for."""
    editions = Edition.objects.filter(plan__organisation=organisation_of(user)).select_related("plan")
    plans = Plan.objects.filter(organisation=organisation_of(user), editions__isnull=False).distinct()
    return list(plans), list(editions.filter(locked_at__isnull=True))


def open_import(organisation: Organisation, sha256: str, **target: object) -> Import | None:
    """The import of the same document for the same target that nobody has finished yet."""
    found = Import.objects.filter(
        organisation=organisation, document__sha256=sha256, state="proposed", **target
    )
    return found.select_related("document").first()


def earlier_of(organisation: Organisation, sha256: str) -> Import | None:
    """The last import of this very document that was accepted."""
    found = Import.objects.filter(
        organisation=organisation,
        document__sha256=sha256,
        edition__isnull=False,
        state__in=("accepted", "partly_accepted"),
    )
    return found.select_related("edition__plan").order_by("-pk").first()


def plan_named(organisation: Organisation, name: str) -> Plan | None:
    """The plan of the organisation with this name, whatever year it carries."""
    plans = Plan.objects.filter(organisation=organisation)
    return next((plan for plan in plans if same_plan(plan.name, name)), None)


def latest_edition(plan: Plan) -> Edition | None:
    """The edition of the latest year."""
    editions = Edition.objects.filter(plan=plan).select_related("plan")
    return max(editions, key=lambda edition: (edition.fiscal_year or 0, edition.pk), default=None)


def edition_titled(plan: Plan, title: str) -> Edition | None:
    return Edition.objects.filter(plan=plan, title=title.strip()).select_related("plan").first()


# --- rows of the plans, for the services that change them -----------------------------------------------


def sections_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Section]:
    return Section.objects.filter(edition=edition).select_related("edition__plan").in_bulk(list(keys))


def sections_under(edition: Edition, parent: int | None) -> list[int]:
    """The keys of the sections in sight just under one, or of the first level, in order."""
    rows = Section.objects.filter(edition=edition, parent=parent, removed_at__isnull=True)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


def indicators_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Indicator]:
    found = Indicator.objects.filter(edition=edition).select_related("edition__plan", "section")
    return found.in_bulk(list(keys))


def figures_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Figure]:
    found = Figure.objects.filter(indicator__edition=edition).select_related("indicator__edition__plan")
    return found.in_bulk(list(keys))


def items_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Item]:
    found = Item.objects.filter(section__edition=edition).select_related("section__edition__plan")
    return found.in_bulk(list(keys))


def tables_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, PlanTable]:
    return PlanTable.objects.filter(edition=edition).select_related("edition__plan").in_bulk(list(keys))


def footnotes_by_key(edition: Edition, keys: Iterable[int]) -> dict[int, Footnote]:
    return Footnote.objects.filter(edition=edition).select_related("edition__plan").in_bulk(list(keys))


def new_items(sections: Iterable[int], counts: dict[int, int]) -> dict[int, list[int]]:
    """The keys of the last `counts[section]` items of each section, in order: those just added."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Item.objects.filter(section__in=list(sections)).order_by("position", "pk")
    for section, key in rows.values_list("section", "pk"):
        found[section].append(key)
    return {
        section: keys[-counts[section] :] if counts.get(section) else [] for section, keys in found.items()
    }


def new_figures(indicators: Sequence[int]) -> dict[tuple[int, str, int | None], int]:
    """The current figures of indicators by (indicator, role, year)."""
    rows = Figure.objects.filter(indicator__in=indicators, is_current=True)
    return {
        (indicator, role, year): key
        for indicator, role, year, key in rows.values_list("indicator", "role", "fiscal_year", "pk")
    }


def last_tables(edition: Edition, count: int) -> list[int]:
    """The keys of the last `count` tables of an edition, in order: those just added."""
    rows = PlanTable.objects.filter(edition=edition).order_by("-position", "-pk")
    return list(rows.values_list("pk", flat=True)[:count])[::-1]


def last_footnotes(edition: Edition, count: int) -> list[int]:
    rows = Footnote.objects.filter(edition=edition).order_by("-position", "-pk")
    return list(rows.values_list("pk", flat=True)[:count])[::-1]


def first_result(edition: Edition, fiscal_year: int) -> int | None:
    rows = PastResult.objects.filter(edition=edition, fiscal_year=fiscal_year)
    return rows.order_by("position").values_list("pk", flat=True).first()
