"""What led to the changes of an edition, and what other apps offer to cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.plans.entries import CauseFields
from kaikaku.plans.models import Cause, Edition, Indicator, Section
from kaikaku.ui.collecting import offers

if TYPE_CHECKING:
    from kaikaku.org.models import User

Place = tuple[int, str, int]  # the edition it was cited in, the sort of the part, and its row


@dataclass(frozen=True, slots=True)
class CauseShown:
    """A cited cause: what it is, what it says, and the name and key of the page that knows more."""

    source: str
    source_key: int
    label: str
    text: str
    happened_on: date | None

    def __str__(self) -> str:
        return f"{self.label}：{self.text}"

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.source}-{self.source_key}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an app says is still to be considered in a draft: how many of what, and where."""

    label: str
    count: int
    url: str


def causes_by_part(editions: Collection[int]) -> dict[Place, tuple[CauseShown, ...]]:
    """What was cited in these editions, by edition and the part it led to a change of; one query."""
    found: dict[Place, list[CauseShown]] = defaultdict(list)
    rows = Cause.objects.filter(edition__in=editions)
    names = ("edition", "section", "indicator", "source", "source_key", "label", "text", "happened_on")
    for edition, section, indicator, *values in rows.values_list(*names):
        part = ("section", section) if section is not None else ("indicator", indicator or 0)
        found[edition, *part].append(CauseShown(*values))
    return {key: tuple(causes) for key, causes in found.items()}


def causes_of(edition: Edition, part: Section | Indicator) -> tuple[CauseShown, ...]:
    """What was cited for one part in an edition."""
    sort = "section" if isinstance(part, Section) else "indicator"
    return causes_by_part([edition.pk]).get((edition.pk, sort, part.pk), ())


def parts_changed_by(source: str, keys: Collection[int]) -> dict[int, list[Section | Indicator]]:
    """The parts that these observations, decisions or opinions led to a change of; one query."""
    found: dict[int, list[Section | Indicator]] = defaultdict(list)
    rows = Cause.objects.filter(source=source, source_key__in=keys)
    for row in rows.select_related("section__edition", "indicator__edition"):
        part = row.section or row.indicator
        if part is not None and part.removed_at is None:
            found[row.source_key].append(part)
    return found


def offered_causes(user: User, edition: Edition, part: Section | Indicator | None) -> list[CauseFields]:
    """What may be cited for a change of a part (None: of something new), as the installed apps announce it
    (`queries.causes_for`), the nearest first.
    """
    found = [cause for offer in offers("causes_for") for cause in offer(user, edition, part)]
    return sorted(found, key=lambda cause: not cause.near)


def waiting_in(user: User, draft: Edition) -> list[Waiting]:
    """What the installed apps say is still to be considered in a draft (`queries.still_open`)."""
    return [one for offer in offers("still_open") for one in offer(user, draft)]
