"""A page of the manual drawn for one reader: its prose, its headings, and the words to search in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, resolve, reverse
from markupsafe import Markup

from kaikaku.ui.manual.pages import ManualPage, page_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_PNG_SIZE = slice(16, 24)
# what belongs to the page and not to its prose
_UNREAD = frozenset({"nav", "script"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the tests took, and its size, so that the page does not jump while it loads."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page and the words under it, up to the next."""

    anchor: str
    title: str
    level: int
    text: str


@dataclass(slots=True)
class At:
    """Where prose is being drawn: for whom, how deep its headings are, and on which page its links end.

    `alone` is a page by itself; else all pages are one, and what leads to another page leads down this one.
    """

    page: ManualPage
    person: AbstractBaseUser | AnonymousUser | None = None
    alone: bool = True
    pictures: int = field(default=0, init=False)

    @property
    def level(self) -> int:
        """The level of a section's heading."""
        return 2 if self.alone else 3

    def anchor(self, name: str) -> str:
        return name if self.alone else f"{self.page.slug}-{name}"

    def address(self, name: str) -> str:
        """The address of a page without arguments, if there is one that this person may open."""
        return address_for(self.person, name)

    def see(self, slug: str, anchor: str = "") -> str:
        """The address of a section of the manual; empty if its app is switched off."""
        page = page_of(slug)
        if page is None:
            return ""
        if self.alone:
            return page.url + (f"#{anchor}" if anchor else "")
        return f"#{slug}-{anchor}" if anchor else f"#{slug}"

    def picture(self, name: str) -> Picture | None:
        """The picture of this name, counted; None until the tests have taken it."""
        found = picture(name)
        self.pictures += found is not None
        return found


def address_for(person: AbstractBaseUser | AnonymousUser | None, name: str) -> str:
    """The address called `name`, or "" where it is absent, needs arguments, or is closed to this person.

    A view guarded by `org.access.only` says itself to whom it is open.
    """
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    view = resolve(url).func
    if not getattr(view, "login_required", True):
        return url
    if person is None or not person.is_authenticated:
        return ""
    open_to: Callable[[Any], bool] | None = getattr(view, "open_to", None)
    return url if open_to is None or open_to(person) else ""


@lru_cache(maxsize=256)
def picture(name: str) -> Picture | None:
    """`app/name` is static/app/help/name.png of that app."""
    app, _, own = name.partition("/")
    file = f"{app}/help/{own}.png"
    path = finders.find(file)
    if not path:
        return None
    with open(path, "rb") as png:
        size = png.read(_PNG_SIZE.stop)[_PNG_SIZE]
    return Picture(file, int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big"))


def draw(at: At) -> Markup:
    """The prose of the page. The template is ours, and what it shows is escaped as everywhere."""
    context = {"at": at, "page": at.page, **at.page.context()}
    return Markup(render_to_string(at.page.template, context))  # noqa: S704


def sections(html: str, *, level: int) -> list[Section]:
    """The headings with an address, of this level and the one below, each with the words under it."""
    reading = _Reading(level)
    reading.feed(html)
    reading.close()
    return list(reading.found())


@dataclass(slots=True)
class _Gathered:
    anchor: str
    level: int
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reading(HTMLParser):
    """Gathers the words of a page by the headings that have an id."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._levels = {f"h{level}": level, f"h{level + 1}": level + 1}
        self._parts = [_Gathered("", level)]
        self._in_heading = False
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _UNREAD
        anchor = dict(attrs).get("id")
        if tag in self._levels and anchor:
            self._parts.append(_Gathered(anchor, self._levels[tag]))
            self._in_heading = True

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _UNREAD
        self._in_heading = self._in_heading and tag not in self._levels

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            last = self._parts[-1]
            (last.title if self._in_heading else last.text).append(data)

    def found(self) -> Iterator[Section]:
        for part in self._parts:
            yield Section(part.anchor, _plain(part.title), part.level, _plain(part.text))


def _plain(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
