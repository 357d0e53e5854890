"""Looking through the manual: its own search field and the header's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kaikaku.ui.manual.drawing import At, Section, draw, sections
from kaikaku.ui.manual.pages import ManualPage, pages
from kaikaku.ui.search import Group, Hit, Wanted, group

LABEL = "使い方"
# after the plans, the sheets and the documents themselves
ORDER = 90


def found(wanted: Wanted) -> Group:
    """The sections that have the words. What a section says is the same for every reader."""
    return group(LABEL, _hits(wanted), wanted, order=ORDER)


def _hits(wanted: Wanted) -> Iterator[Hit]:
    for page, parts in _words(pages()):
        for part in parts:
            title = part.title or page.title
            if wanted.fits(page.title, title, part.text):
                text = "" if wanted.fits(title) else part.text
                url = page.url + (f"#{part.anchor}" if part.anchor else "")
                yield Hit(title, url, text, where=page.title if part.title else page.part.label)


@lru_cache(maxsize=2)
def _words(known: tuple[ManualPage, ...]) -> tuple[tuple[ManualPage, tuple[Section, ...]], ...]:
    """Drawn once per process: nobody's links are in the words."""
    return tuple((page, tuple(sections(draw(At(page)), level=2))) for page in known)
