"""Two editions side by side (新旧対照表): what became of each part, with word diffs and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from kaikaku.core.lineage import word_diff
from kaikaku.core.text import fold
from kaikaku.plans import words
from kaikaku.plans.carrying import indicator_text, section_text
from kaikaku.plans.facts import IndicatorFacts, SectionFacts
from kaikaku.plans.models import Edition, Lineage
from kaikaku.plans.queries.causes import CauseShown, causes_by_part
from kaikaku.plans.queries.rows import indicators_of, items_of, sections_of

Diff = tuple[tuple[str, str], ...]
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A section or an indicator of one edition in words; `place` is the title it stands under, `above` its
    row.
    """

    sort: str
    key: int
    depth: int
    number: str
    title: str
    text: str
    place: str
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a part; `kind` is "" where nobody has said it yet. Diffs read from old to new.

    `has_moved` says that it stands under another heading, not under the same one by another name.
    """

    kind: str
    old: Part | None
    new: Part | None
    outcome: str = ""
    reason: str = ""
    link: int | None = None
    title_diff: Diff = ()
    text_diff: Diff = ()
    causes: tuple[CauseShown, ...] = ()
    has_moved: bool = False

    @property
    def label(self) -> str:
        return words.LINK_KINDS.get(self.kind, "未確認")

    @property
    def outcome_label(self) -> str:
        return words.END_OUTCOMES.get(self.outcome, "")

    @property
    def part(self) -> Part:
        """The newer of the two sides."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def wants_reason(self) -> bool:
        return self.kind not in ("", "carried") and not self.reason


def changes(old: Edition, new: Edition) -> list[Change]:
    """Every part of both editions in the order of the new one, what ended or has no heir last.

    A dozen queries however many parts there are.
    """
    olds, news = parts_of(old), parts_of(new)
    links = _links(old, new)
    from_here, to_here = _by_side(links, "from"), _by_side(links, "to")
    found: list[Change] = []
    for key, part in news.items():
        rows = [_change(link, olds, news) for link in to_here.get(key, ())]
        found += [row for row in rows if row.old is not None or row.kind == "added"] or [
            Change("", None, part, title_diff=(("+", part.title),), text_diff=_all("+", part.text))
        ]
    for key, part in olds.items():
        here = from_here.get(key, ())
        found += [_change(link, olds, news) for link in here if link["kind"] == "ended"]
        if not here:
            diffs = (("-", part.title),)
            found.append(Change("", part, None, title_diff=diffs, text_diff=_all("-", part.text)))
    cited, homes = causes_by_part([new.pk]), _homes(links)
    return [
        replace(
            row,
            causes=cited.get((new.pk, row.part.sort, row.part.key), ()),
            has_moved=_has_moved(row, homes),
        )
        for row in found
    ]


def _homes(links: list[dict[str, Any]]) -> set[tuple[int | None, int | None]]:
    """Which heading of the new edition comes of which of the old one; the top of the top."""
    return {(None, None)} | {(link["from_section"], link["to_section"]) for link in links}


def _has_moved(row: Change, homes: set[tuple[int | None, int | None]]) -> bool:
    if row.old is None or row.new is None or (row.old.above, row.new.above) in homes:
        return False
    return fold(row.old.place) != fold(row.new.place)


def parts_of(edition: Edition) -> dict[Key, Part]:
    """The sections and indicators of an edition in its order, each indicator below its section."""
    sections = sections_of(edition.pk)
    items = items_of(edition.pk)
    titles = {s.key: s.title for s in sections}
    below: dict[int | None, list[IndicatorFacts]] = defaultdict(list)
    for indicator in indicators_of(edition.pk):
        below[indicator.section].append(indicator)
    found: dict[Key, Part] = {}
    for s in sections:
        place = titles.get(s.parent or 0, "")
        text = section_text(s, items.get(s.key, []))
        found["section", s.key] = Part("section", s.key, s.depth, s.number, s.title, text, place, s.parent)
        found.update(_indicators(below[s.key], s))
    found.update(_indicators(below[None], None))
    return found


def _indicators(rows: Iterable[IndicatorFacts], at: SectionFacts | None) -> dict[Key, Part]:
    depth, place, above = (at.depth + 1, at.title, at.key) if at else (1, "", None)
    return {
        ("indicator", i.key): Part("indicator", i.key, depth, "", i.name, indicator_text(i), place, above)
        for i in rows
    }


_COLUMNS = (
    "pk",
    "kind",
    "outcome",
    "reason",
    "from_section",
    "to_section",
    "from_indicator",
    "to_indicator",
)


def _links(old: Edition, new: Edition) -> list[dict[str, Any]]:
    """The links from one edition to the other, and what is new in one or ended in the other."""
    between = Q(from_section__edition=old, to_section__edition=new)
    between |= Q(from_indicator__edition=old, to_indicator__edition=new)
    started = Q(kind="added") & (Q(to_section__edition=new) | Q(to_indicator__edition=new))
    ended = Q(kind="ended") & (Q(from_section__edition=old) | Q(from_indicator__edition=old))
    rows = Lineage.objects.filter(between | started | ended, plan=new.plan_id)
    return list(rows.order_by("pk").values(*_COLUMNS))


def _by_side(links: list[dict[str, Any]], end: str) -> dict[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        if (key := _key(link, end)) is not None:
            found[key].append(link)
    return found


def _key(link: dict[str, Any], end: str) -> Key | None:
    for sort in ("section", "indicator"):
        if link[f"{end}_{sort}"] is not None:
            return sort, link[f"{end}_{sort}"]
    return None


def _change(link: dict[str, Any], olds: Mapping[Key, Part], news: Mapping[Key, Part]) -> Change:
    was, now = _key(link, "from"), _key(link, "to")
    old = olds.get(was) if was else None
    new = news.get(now) if now else None
    return Change(
        kind=link["kind"],
        old=old,
        new=new,
        outcome=link["outcome"],
        reason=link["reason"],
        link=link["pk"],
        title_diff=diff(old.title if old else "", new.title if new else ""),
        text_diff=diff(old.text if old else "", new.text if new else ""),
    )


def diff(old: str, new: str) -> Diff:
    """The word diff of two texts; the same text is not compared."""
    if old == new:
        return _all("=", old)
    return tuple(word_diff(old, new))


def _all(kind: str, text: str) -> Diff:
    return ((kind, text),) if text else ()
