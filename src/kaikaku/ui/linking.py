"""What leads to what between apps that are strangers: idea → BPR project or initiative → indicator.

A record is known to others by a key alone (`bpr.project:12`, `plans.section:5`). An app's `queries` may offer

    linkable_for(user) -> Iterable[Record]              its records to which those of others may lead
    records_of(user, keys) -> Iterable[Record]          of these keys its own, as they stand today
    leading_to(user, keys) -> Iterable[Lead]            what of its own leads to records of these keys
    counting_hours(organisation, keys) -> Iterable[tuple[str, str]]
                                                        of these keys those whose hours it counts itself, with
                                                        the words for it (「BPR案件で計上」)

Of an app that is switched off nothing is missed: its keys are found by nobody, and its hours counted by none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kaikaku.ui.collecting import offers


@dataclass(frozen=True, slots=True)
class Record:
    """A record that others may lead to. `note` says where it stands; `counted` where its hours are counted
    (「BPR案件で計上」), "" where they are not.
    """

    key: str
    label: str
    url: str
    kind: str
    note: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads to a record, and what that came from: (name, address), as this reader may know them."""

    to: str
    label: str
    url: str
    kind: str
    note: str = ""
    sources: tuple[tuple[str, str], ...] = ()


def numbers_in(keys: Collection[str], kind: str) -> list[int]:
    """The numbers of those keys that are of a kind (`bpr.project`)."""
    parts = (key.partition(":") for key in keys)
    return [int(pk) for name, _, pk in parts if name == kind and pk.isascii() and pk.isdigit()]


def linkable_for(user: Any) -> list[Record]:
    """Every record to which something of this user's may be led, by name."""
    found = [record for offered in offers("linkable_for") for record in offered(user)]
    return sorted(found, key=lambda one: (one.kind, one.label))


def records_of(user: Any, keys: Collection[str]) -> dict[str, Record]:
    """What stands behind these keys for this user; without those that nobody knows."""
    if not keys:
        return {}
    return {one.key: one for offered in offers("records_of") for one in offered(user, keys)}


def leading_to(user: Any, *keys: str) -> list[Lead]:
    """What leads to these records, for this user."""
    return [lead for offered in offers("leading_to") for lead in offered(user, keys)]


def counting_hours(organisation: Any, keys: Collection[str]) -> dict[str, str]:
    """Of these keys the records whose hours are counted where they are kept, so nowhere else, and how that
    is said.
    """
    if not keys:
        return {}
    return {key: said for offered in offers("counting_hours") for key, said in offered(organisation, keys)}
