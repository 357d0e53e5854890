"""An item's life across editions: what it was called, what became of it, and its figures in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kaikaku.core.lineage import word_diff
from kaikaku.plans import shown, words
from kaikaku.plans.carrying import AUTOMATIC
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.models import Edition, Indicator, Lineage, Section
from kaikaku.plans.queries.causes import CauseShown, causes_by_part
from kaikaku.plans.queries.changes import Diff
from kaikaku.plans.queries.descent import reach
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.writers import dataset

SETTLED = ("confirmed", "revised")


@dataclass(frozen=True, slots=True)
class Step:
    """How a part came to be what it is in an edition, or how it ended."""

    kind: str
    label: str
    reason: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part as it stands in one edition."""

    key: int
    edition: Edition
    number: str
    title: str
    place: str
    diff: Diff
    steps: tuple[Step, ...]
    end: Step | None
    causes: tuple[CauseShown, ...] = ()
    end_causes: tuple[CauseShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a line of descent, the edition it stands in, and what other editions say of that year."""

    facts: FigureFacts
    shown: str
    edition: str
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator through all its editions, by its latest name: values by role and year, and its chart."""

    key: int
    name: str
    unit: str
    values: dict[tuple[str, int | None], Value]
    chart: dataset.Indicator
    left_out: tuple[str, ...]

    def at(self, role: str, year: int | None) -> Value | None:
        return self.values.get((role, year))

    @property
    def years(self) -> list[int]:
        """The years that have a value of any role, earliest first."""
        return sorted({year for role, year in self.values if year is not None})

    @property
    def actual_years(self) -> list[int]:
        return sorted({year for role, year in self.values if role == "actual" and year is not None})


@dataclass(frozen=True, slots=True)
class Life:
    """The stages of a part in the order of the editions, and the lines of figures that belong to it."""

    stages: tuple[Stage, ...]
    lines: tuple[Line, ...]

    @property
    def years(self) -> list[int]:
        """The years any of the lines has a result for."""
        return sorted({year for line in self.lines for year in line.actual_years})


def life_of(part: Section | Indicator) -> Life:
    """A part's whole life: those it came from and those that came of it, by its links."""
    sort = "section" if isinstance(part, Section) else "indicator"
    links = _links(part.edition.plan_id, sort)
    keys = _reach(part.pk, links, "from", "to") | _reach(part.pk, links, "to", "from")
    stages = _stages(sort, keys, links)
    if sort == "section":
        own = Indicator.objects.filter(section__in=keys, removed_at__isnull=True)
        lines = _lines(list(own.values_list("pk", flat=True)), _links(part.edition.plan_id, "indicator"))
    else:
        plain = [link for link in links if link["kind"] in AUTOMATIC]
        same = _reach(part.pk, plain, "from", "to") | _reach(part.pk, plain, "to", "from")
        lines = _lines(list(same), plain)
    return Life(tuple(stages), tuple(lines))


def _links(plan: int, sort: str) -> list[dict[str, Any]]:
    """All links of a plan between parts of one sort, in one query."""
    rows = Lineage.objects.filter(plan=plan).exclude(
        **{f"from_{sort}__isnull": True, f"to_{sort}__isnull": True}
    )
    names = ("kind", "outcome", "reason", f"from_{sort}", f"to_{sort}")
    return [
        {"kind": kind, "outcome": outcome, "reason": reason, "from": was, "to": now}
        for kind, outcome, reason, was, now in rows.order_by("pk").values_list(*names)
    ]


def _reach(start: int, links: Iterable[dict[str, Any]], here: str, there: str) -> set[int]:
    """All that is reached from a part by its links, always in one direction."""
    steps: dict[int, list[int]] = defaultdict(list)
    for link in links:
        if link[here] is not None and link[there] is not None:
            steps[link[here]].append(link[there])
    return set(reach(start, steps))


def _stages(sort: str, keys: set[int], links: list[dict[str, Any]]) -> list[Stage]:
    parts = _parts(sort, keys)
    origins = defaultdict(list)
    ends = {}
    for link in links:
        if link["kind"] == "ended" and link["from"] in keys:
            ends[link["from"]] = _step(link)
        elif link["to"] in keys:
            origins[link["to"]].append(link)
    titles = {part["key"]: part["title"] for part in parts}
    stages = []
    for part in parts:
        came = origins[part["key"]]
        before = [titles[link["from"]] for link in came if link["from"] in titles]
        diff = tuple(word_diff(before[0], part["title"])) if len(before) == 1 else (("=", part["title"]),)
        steps = tuple(_step(link) for link in came)
        stages.append(Stage(**part, diff=diff, steps=steps, end=ends.get(part["key"])))
    return _with_causes(sort, stages)


def _with_causes(sort: str, stages: list[Stage]) -> list[Stage]:
    """What led to each change; what was cited for an end stands with the part that ended, in the edition
    after its own.
    """
    own = [stage.edition.pk for stage in stages]
    after = dict(Edition.objects.filter(drafted_from__in=own).values_list("drafted_from", "pk"))
    cited = causes_by_part([*own, *after.values()])
    return [
        replace(
            stage,
            causes=cited.get((stage.edition.pk, sort, stage.key), ()),
            end_causes=cited.get((after.get(stage.edition.pk, 0), sort, stage.key), ()),
        )
        for stage in stages
    ]


def _parts(sort: str, keys: set[int]) -> list[dict[str, Any]]:
    """The rows of the parts, by the year of their edition."""
    found: list[tuple[Edition, dict[str, Any]]] = []
    if sort == "section":
        for s in Section.objects.filter(pk__in=keys, removed_at=None).select_related("edition", "parent"):
            place = str(s.parent or "")
            words_of = {"key": s.pk, "edition": s.edition, "number": s.number, "title": s.title}
            found.append((s.edition, {**words_of, "place": place}))
    else:
        rows = Indicator.objects.filter(pk__in=keys, removed_at=None).select_related("edition", "section")
        for i in rows:
            words_of = {"key": i.pk, "edition": i.edition, "number": "", "title": i.name}
            found.append((i.edition, {**words_of, "place": str(i.section or "")}))
    found.sort(key=lambda pair: (*_order(pair[0]), pair[1]["key"]))
    return [part for _, part in found]


def _order(edition: Edition) -> tuple[int, int]:
    return edition.fiscal_year or edition.period_from or 0, edition.pk


def _step(link: dict[str, Any]) -> Step:
    outcome = words.END_OUTCOMES.get(link["outcome"], "")
    return Step(link["kind"], words.LINK_KINDS[link["kind"]], link["reason"], outcome)


def _lines(keys: Sequence[int], links: list[dict[str, Any]]) -> list[Line]:
    """Indicators gathered to lines of descent. What was merged or split begins a line of its own, for its
    figures do not say the same thing.
    """
    plain = [link for link in links if link["kind"] in AUTOMATIC]
    rows = Indicator.objects.filter(pk__in=keys).select_related("edition")
    editions = {row.pk: row.edition for row in rows}
    facts = indicators_by_key(keys)
    waiting, lines = list(facts), []
    while waiting:
        group = _reach(waiting[0], plain, "from", "to") | _reach(waiting[0], plain, "to", "from")
        members = sorted((key for key in group if key in facts), key=lambda key: _order(editions[key]))
        lines.append(_line([(facts[key], editions[key]) for key in members]))
        waiting = [key for key in waiting if key not in group]
    return lines


def _line(members: list[tuple[IndicatorFacts, Edition]]) -> Line:
    latest = members[-1][0]
    joined = [(facts, edition) for facts, edition in members if facts.unit == latest.unit]
    values: dict[tuple[str, int | None], Value] = {}
    for facts, edition in joined:
        for figure in facts.figures:
            place = (figure.role, figure.fiscal_year)
            values[place] = _later(values.get(place), figure, edition, latest.decimals)
    figures = shown.in_order(value.facts for value in values.values())
    return Line(
        key=latest.key,
        name=latest.name,
        unit=latest.unit,
        values=values,
        chart=dataset.Indicator(
            id=latest.code,
            section="",
            name=latest.name,
            unit=latest.unit,
            direction=latest.direction or None,
            kind=latest.kind or None,
            definition=latest.definition,
            owner=latest.owner_name,
            figures=tuple(shown.figure(f, decimals=latest.decimals) for f in figures),
            results=(),
        ),
        left_out=tuple(str(edition) for facts, edition in members if facts.unit != latest.unit),
    )


def _later(known: Value | None, figure: FigureFacts, edition: Edition, decimals: int | None) -> Value:
    """The later edition's value stands, unless it is only a projection of what is settled already."""
    fresh = Value(figure, shown.as_shown(figure, decimals) or figure.text or "—", str(edition), ())
    if known is None:
        return fresh
    keep_old = known.facts.status in SETTLED and figure.status not in SETTLED
    stands, other = (known, fresh) if keep_old else (fresh, known)
    differing = known.differing
    if stands.facts.value != other.facts.value:
        differing = (*differing, f"{other.edition}では{other.shown}")
    return replace(stands, differing=differing)
