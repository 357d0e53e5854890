"""Editions kept in memory between requests; the audit log tells what has changed, and only that is read.

The hash of a chain's last entry is the key of what is kept: no write is without its entry, in the same
transaction, so that equal hashes mean equal rows. After a write the entries since are looked through; each
says what it may have touched (`Touched`), and one that does not makes the whole edition be read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kaikaku.audit.models import ChainHead, Entry
from kaikaku.plans.facts import IndicatorFacts
from kaikaku.plans.models import Edition, Figure
from kaikaku.plans.queries.edition_rows import EditionRows, Known, of_year, put_together, read, settled_in
from kaikaku.plans.queries.rows import (
    Place,
    indicators_by_key,
    items_by_edition,
    past_lines_by_edition,
    places_of,
    sections_by_edition,
)

# Kept in a process; 1,000 indicators over ten years take some 20 MB.
MOST_INDICATORS: Final = 30_000
# After so many entries, or with so many indicators touched, reading all is no slower.
MOST_ENTRIES: Final = 1_000
MOST_TOUCHED: Final = 2_000

# What changes no row of an edition but its own, its plan's, its scheme's or an overall rating, which are
# read each time.
_QUIET: Final = frozenset(
    {
        "plans.plan.created", "plans.plan.revised", "plans.edition.created", "plans.edition.revised",
        "plans.edition.directions_fixed", "plans.edition.state_changed", "plans.edition.locked",
        "plans.edition.unlocked", "plans.edition.scheme_changed", "plans.scheme.adopted",
        "plans.edition.overall_policy_set", "plans.overall.settled", "plans.cause.cited",
        "plans.past_results.recorded", "plans.table.added", "plans.table.revised", "plans.table.removed",
        "plans.footnote.added", "plans.footnote.revised", "plans.footnote.removed",
        "plans.lineage.linked", "plans.lineage.settled", "plans.lineage.explained", "plans.lineage.unlinked",
    }
)  # fmt: skip
# What changes its subject, and moves or removes others; who stands where is read each time too.
_PARTS: Final = ("plans.section.", "plans.item.", "plans.indicator.", "plans.figure.")
# What changes the edition it is about throughout, and no other.
_WHOLE: Final = frozenset({"plans.edition.filled", "plans.edition.drafted"})
# Outside plans only the name of a department is shown in an edition.
_ELSEWHERE: Final = "org.department."


@dataclass(frozen=True, slots=True)
class _Kept:
    rows: EditionRows
    number: int
    hash: str


@dataclass
class Touched:
    """What entries may have touched: editions throughout, single indicators and figures by their keys."""

    editions: set[int] = field(default_factory=set)
    indicators: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)

    def note(self, action: str, subject: str) -> bool:
        """Take down what an entry touched; False where it does not say."""
        if action in _QUIET or not action.startswith(("plans.", _ELSEWHERE)):
            return True
        if action in _WHOLE:
            self.editions.add(int(subject))
        elif action.startswith("plans.indicator."):
            self.indicators.add(int(subject))
        elif action.startswith("plans.figure."):
            self.figures.add(int(subject))
        else:
            return action.startswith(_PARTS)
        return True


_KEPT: dict[int, _Kept] = {}


def rows_kept(edition: Edition, *, year: int | None = None) -> EditionRows:
    """As `rows_of`, from memory as far as nothing has changed, for the pages that everyone opens.

    Not for use inside a change that has not yet written its entry.
    """
    [rows] = rows_kept_of([edition])
    return rows if year in (None, rows.year) else of_year(rows, year)


def rows_kept_of(editions: Sequence[Edition]) -> list[EditionRows]:
    """Several editions of one government, in a constant number of queries."""
    if not editions:
        return []
    organisation = editions[0].plan.organisation_id
    head = ChainHead.objects.filter(organisation=organisation).values_list("number", "hash").first()
    number, sealed = head or (0, "")
    kept = {e.pk: _KEPT[e.pk] for e in editions if e.pk in _KEPT}
    behind = [one for one in kept.values() if one.hash != sealed]
    touched = _touched_since(organisation, behind, number) if behind else Touched()
    fit = {
        pk: one
        for pk, one in kept.items()
        if one.hash == sealed or (touched is not None and pk not in touched.editions)
    }
    found = {rows.edition.pk: rows for rows in read([e for e in editions if e.pk not in fit])}
    found |= _renewed([(e, fit[e.pk]) for e in editions if e.pk in fit], sealed, touched or Touched())
    for edition in editions:
        _keep(_Kept(found[edition.pk], number, sealed))
    return [found[edition.pk] for edition in editions]


def keep_ready() -> None:
    """Read and rate the edition that each government begins at, as far as there is room: for a process that
    begins. That is its newest in force, else its newest. Who has written most is read last, so kept longest.
    """
    chosen: dict[int, Edition] = {}
    for edition in Edition.objects.select_related("plan__organisation", "scheme"):
        before = chosen.setdefault(edition.plan.organisation_id, edition)
        if edition.state == "in_force" and before.state != "in_force":
            chosen[edition.plan.organisation_id] = edition
    written = dict(ChainHead.objects.values_list("organisation", "number"))
    for organisation in sorted(chosen, key=lambda key: written.get(key, 0)):
        _ = rows_kept(chosen[organisation]).tallies


def forget() -> None:
    """Keep nothing: the next page reads its editions whole, as in a process that has just begun."""
    _KEPT.clear()


def _touched_since(organisation: int, behind: Sequence[_Kept], number: int) -> Touched | None:
    """What has changed since the oldest of what is kept; None where that cannot be told."""
    oldest = min(behind, key=lambda one: one.number)
    entries = Entry.objects.filter(
        organisation=organisation, number__gte=oldest.number, number__lte=number
    ).order_by("number")
    rows = entries.values_list("number", "hash", "action", "subject_id")[: MOST_ENTRIES + 2]
    found = list(rows)
    sealed = {row[0]: row[1] for row in found}
    # a log that was restored from a copy runs on from another entry
    if len(found) > MOST_ENTRIES or any(sealed.get(one.number) != one.hash for one in behind):
        return None
    touched = Touched()
    told = [touched.note(action, subject) for _, _, action, subject in found[1:]]
    return touched if all(told) else None


def _renewed(pairs: Sequence[tuple[Edition, _Kept]], sealed: str, touched: Touched) -> dict[int, EditionRows]:
    """What was kept, with the edition as it now is, and what has changed since read anew."""
    found = {e.pk: one.rows for e, one in pairs if one.hash == sealed}
    behind = [(e, one.rows) for e, one in pairs if one.hash != sealed]
    if not behind:
        return found
    keys = [edition.pk for edition, _ in behind]
    sections, items, past = sections_by_edition(keys), items_by_edition(keys), past_lines_by_edition(keys)
    places, settled = places_of(keys), settled_in([edition for edition, _ in behind])
    of_figures = Figure.objects.filter(pk__in=touched.figures).values_list("indicator", flat=True)
    changed = touched.indicators | (set(of_figures) if touched.figures else set())
    old = {i.key: i for _, rows in behind for i in rows.indicators if i.key not in changed}
    missing = {place.key for of in places.values() for place in of if not _stays(old.get(place.key), place)}
    if len(missing) > MOST_TOUCHED:
        return found | {rows.edition.pk: rows for rows in read([edition for edition, _ in behind])}
    known = {key: facts for key, facts in old.items() if key not in missing}
    known |= indicators_by_key(missing) if missing else {}
    for edition, before in behind:
        mine = [known[place.key] for place in places[edition.pk] if place.key in known]
        rows = put_together(
            edition,
            sections[edition.pk],
            mine,
            items=items[edition.pk],
            past=past.get(edition.pk, []),
            settled=settled.get(edition.pk, {}),
        )
        found[edition.pk] = replace(rows, known=_known(before, rows, missing))
    return found


def _stays(facts: IndicatorFacts | None, place: Place) -> bool:
    return facts is not None and (facts.section, facts.cross_listed) == place[1:]


def _known(before: EditionRows, rows: EditionRows, missing: set[int]) -> Known:
    """What was worked out of indicators that have not changed, under the same rule."""
    if before.scheme != rows.scheme:
        return Known()
    known = before.still_known({i.key for i in rows.indicators} - missing)
    return known if before.year == rows.year else Known(marks=known.marks)


def _keep(kept: _Kept) -> None:
    """Keep the rows as the newest, and no more than there is room for."""
    _KEPT.pop(kept.rows.edition.pk, None)
    _KEPT[kept.rows.edition.pk] = kept
    while len(_KEPT) > 1 and sum(len(one.rows.indicators) for one in _KEPT.values()) > MOST_INDICATORS:
        _KEPT.pop(next(iter(_KEPT)), None)
