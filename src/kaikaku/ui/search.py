"""Searching as people read: width, case, blanks and look-alike letters make no difference.

`home` asks each installed app's `queries.found_for(user, wanted)` for groups of hits; the app looks only
through what the user may see.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup, escape

from kaikaku.core.text import fold

SHORTEST = 2
LONGEST = 100
# hits shown of one group; the rest is counted
MOST_SHOWN = 20
# letters kept before and after the words found
_AROUND = 40


class _Letters(dict[int, str]):
    """Each letter folded by itself, once: a hundred times as fast as folding whole texts."""

    def __missing__(self, code: int) -> str:
        found = self[code] = fold(chr(code))
        return found


_LETTERS = _Letters()


def search_key(text: str) -> str:
    """`core.text.fold`, letter by letter, so that a text and a part of it are folded alike.

    >>> search_key("ＡＩ サービス") == search_key("ai ｻｰﾋﾞｽ")
    True
    """
    return unicodedata.normalize("NFC", text.translate(_LETTERS))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words looked for, folded; a text fits if it has all of them."""

    typed: str
    keys: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Wanted:
        """Words apart by blanks; where one is a single letter, the blanks were for looks (「A I」)."""
        plain = typed.strip()[:LONGEST]
        keys = tuple(key for key in map(search_key, plain.split()) if key)
        if any(len(key) < SHORTEST for key in keys):
            keys = (unicodedata.normalize("NFC", "".join(keys)),)
        return cls(plain, keys)

    @property
    def too_short(self) -> bool:
        return bool(self.typed) and not self.possible

    @property
    def possible(self) -> bool:
        """Whether there is something that can be looked for sensibly."""
        return bool(self.keys) and all(len(key) >= SHORTEST for key in self.keys)

    def fits(self, *texts: str) -> bool:
        """Whether the texts together have every word."""
        key = search_key("\0".join(texts))
        return all(word in key for word in self.keys)

    def touches(self, text: str) -> bool:
        """Whether a text has any of the words."""
        key = search_key(text)
        return any(word in key for word in self.keys)

    def mark(self, text: str) -> Markup:
        """The text with the words marked; a long one is cut to what stands around the first."""
        spans = self._spans(text)
        start = max(spans[0][0] - _AROUND, 0) if spans else 0
        end = min(max((spans[0][1] if spans else 0) + _AROUND, start + 2 * _AROUND), len(text))
        parts, at = [Markup("…") if start else Markup("")], start
        for first, last in spans:
            if first >= at and last <= end:
                parts += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
                at = last
        return Markup("").join([*parts, escape(text[at:end]), Markup("…") if end < len(text) else Markup("")])

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in the text itself, in order."""
        letters = [_LETTERS[ord(letter)] for letter in text]
        places = [place for place, letter in enumerate(letters) for _ in letter]
        key, found = "".join(letters), []
        for word in self.keys:
            at = key.find(word)
            while at >= 0:
                found.append((places[at], places[at + len(word) - 1] + 1))
                at = key.find(word, at + len(word))
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found: its name, page, the text the words stand in (if not the name), what it is part of."""

    title: str
    url: str
    text: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind: the first ones, and how many there are; groups stand in order."""

    label: str
    hits: tuple[Hit, ...]
    total: int
    order: int = 50


def group(label: str, found: Iterable[Hit], wanted: Wanted, *, order: int) -> Group:
    """Count all that was found and keep the first, those with the words in their name before the rest."""
    named: list[Hit] = []
    others: list[Hit] = []
    total = 0
    for hit in found:
        total += 1
        if len(named) < MOST_SHOWN and wanted.fits(hit.title):
            named.append(hit)
        elif len(others) < MOST_SHOWN:
            others.append(hit)
    return Group(label, tuple([*named, *others][:MOST_SHOWN]), total, order)


def address_of(page: str) -> str:
    """The address of a page that takes one key, with {} in its place: made once for thousands of hits."""
    return reverse(page, args=[0]).replace("/0/", "/{}/")
