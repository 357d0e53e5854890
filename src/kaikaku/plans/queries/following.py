"""To which part of a plan a subject of the log belongs, and whether the person's post has it in charge."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition, Figure, Indicator, Item, Lineage, PlanTable, Section
from kaikaku.ui.following import Subject, Thing, keys_of

if TYPE_CHECKING:
    from kaikaku.org.models import User

EDITION, SECTION, INDICATOR = (model._meta.label_lower for model in (Edition, Section, Indicator))
ITEM, TABLE, FIGURE = (model._meta.label_lower for model in (Item, PlanTable, Figure))
# who follows every edition of the government
OVERSEERS = (Role.SECRETARIAT, Role.EXECUTIVE)
# editions through which a choice is handed on; a plan remade every year for a career
MOST_EDITIONS = 40


def followed_types() -> frozenset[str]:
    """The kinds of subject that `things_for` knows."""
    return frozenset({EDITION, SECTION, INDICATOR, ITEM, TABLE, FIGURE})


def things_for(user: User, subjects: Collection[Subject]) -> dict[Subject, Thing]:
    """An edition, section or indicator for each subject, itself or what it stands in; constant queries."""
    parents = _parents(user, subjects)
    sections = keys_of(subjects, SECTION) | {key for kind, key in parents.values() if kind == SECTION}
    indicators = keys_of(subjects, INDICATOR) | {key for kind, key in parents.values() if kind == INDICATOR}
    mine = department_ids_of(user)
    found = _editions(user, keys_of(subjects, EDITION), mine)
    found |= _sections(user, sections, mine) | _indicators(user, indicators, mine)
    inner = {subject: found.get((kind, str(key))) for subject, (kind, key) in parents.items()}
    return found | {subject: thing for subject, thing in inner.items() if thing is not None}


def heirs_of(subjects: Iterable[Subject]) -> dict[Subject, Subject]:
    """The parts of later editions that came of parts chosen before, each with the one that was chosen."""
    found: dict[Subject, Subject] = {}
    for kind, name in ((SECTION, "section"), (INDICATOR, "indicator")):
        chosen = {key: key for key in keys_of(subjects, kind)}
        for _ in range(MOST_EDITIONS if chosen else 0):
            wanted = {f"from_{name}__in": list(chosen), f"to_{name}__isnull": False}
            links = Lineage.objects.filter(**wanted).values_list(f"from_{name}", f"to_{name}")
            chosen = {to: chosen[origin] for origin, to in links}
            if not chosen:
                break
            found |= {(kind, str(heir)): (kind, str(first)) for heir, first in chosen.items()}
    return found


def _parents(user: User, subjects: Collection[Subject]) -> dict[Subject, tuple[str, int]]:
    """The section or indicator of each line, table and figure."""
    asked: tuple[tuple[str, Any, str, str], ...] = (
        (ITEM, Item, SECTION, "section"),
        (TABLE, PlanTable, SECTION, "section"),
        (FIGURE, Figure, INDICATOR, "indicator"),
    )
    found: dict[Subject, tuple[str, int]] = {}
    for kind, model, above, name in asked:
        rows = model.objects.filter(pk__in=keys_of(subjects, kind), **{f"{name}__isnull": False})
        found |= {(kind, str(key)): (above, parent) for key, parent in rows.values_list("pk", name)}
    return found


def _editions(user: User, keys: set[int], mine: frozenset[int]) -> dict[Subject, Thing]:
    rows = Edition.objects.filter(pk__in=keys, plan__organisation=user.organisation_id)
    owned: set[int] = set()
    if not allowed(user, *OVERSEERS):
        sections = Section.objects.filter(owner__in=mine, edition__in=keys)
        indicators = Indicator.objects.filter(owner__in=mine, edition__in=keys)
        # two sub-queries, not joins: each section beside each indicator would be millions of rows
        has_part = Q(pk__in=sections.values("edition")) | Q(pk__in=indicators.values("edition"))
        owned = set(rows.filter(has_part).values_list("pk", flat=True))
    every = allowed(user, *OVERSEERS)
    return {
        (EDITION, str(key)): Thing(
            (EDITION, str(key)), "版", title, reverse("plans:edition", args=[key]), every or key in owned
        )
        for key, title in rows.values_list("pk", "title")
    }


def _sections(user: User, keys: set[int], mine: frozenset[int]) -> dict[Subject, Thing]:
    rows = Section.objects.filter(pk__in=keys, edition__plan__organisation=user.organisation_id)
    columns = ("pk", "number", "title", "owner", "parent", "removed_at")
    found = {}
    for key, number, title, owner, parent, removed in rows.order_by().values_list(*columns):
        subject = (SECTION, str(key))
        url = "" if removed else reverse("plans:section", args=[key])
        within = ((SECTION, str(parent)),) if parent else ()
        found[subject] = Thing(subject, "見出し", f"{number} {title}".strip(), url, owner in mine, within)
    return found


def _indicators(user: User, keys: set[int], mine: frozenset[int]) -> dict[Subject, Thing]:
    rows = Indicator.objects.filter(pk__in=keys, edition__plan__organisation=user.organisation_id)
    columns = ("pk", "name", "owner", "section", "section__owner", "section__parent", "removed_at")
    found = {}
    for key, name, owner, section, above, parent, removed in rows.order_by().values_list(*columns):
        subject = (INDICATOR, str(key))
        url = "" if removed else reverse("plans:indicator", args=[key])
        within = tuple((SECTION, str(one)) for one in (section, parent) if one)
        found[subject] = Thing(subject, "指標", name, url, bool({owner, above} & mine), within)
    return found
