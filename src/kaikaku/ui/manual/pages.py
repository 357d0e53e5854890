"""What a page of the manual is, and which of them there are in this installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse


class Reader(StrEnum):
    """Who reads: the roles of org, in the order of the contents page."""

    CLERK = "clerk"
    CHIEF = "chief"
    SECRETARIAT = "secretariat"
    EXECUTIVE = "executive"
    MEMBER = "member"
    EMPLOYEE = "employee"
    IT = "it"

    @property
    def label(self) -> str:
        return READERS[self][0]

    @property
    def words(self) -> str:
        """Who that is, for somebody who does not know."""
        return READERS[self][1]


READERS = {
    Reader.CLERK: ("担当", "所属で調書を書く人"),
    Reader.CHIEF: ("所属長", "調書を確認し、承認する人"),
    Reader.SECRETARIAT: ("事務局", "プランの進行を預かる人"),
    Reader.EXECUTIVE: ("本部員", "知事、部局長など、方針を決める人"),
    Reader.MEMBER: ("委員", "外から意見を述べる有識者"),
    Reader.EMPLOYEE: ("職員", "県で働くすべての人"),
    Reader.IT: ("情報システム担当", "導入し、動かし続ける人"),
}


class Part(Enum):
    """Where a page stands in the whole: the order and the words."""

    START = (10, "はじめに")
    REPORTS = (20, "毎年の報告")
    REVIEWS = (30, "点検・見直し")
    WORK = (40, "改革の取組")
    PLANS = (50, "プランと版")
    PUBLIC = (60, "公表とデータ")
    OFFICE = (70, "導入と管理")
    REFERENCE = (80, "資料")

    @property
    def order(self) -> int:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Want:
    """What somebody wants to do, and the section of the page that says how."""

    reader: Reader
    words: str
    anchor: str = ""


def nothing_more() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class ManualPage:
    """One page: `template` is its prose (see ui/manual/parts.html), `wants` its entries in the contents.

    `helps` maps the name of an address to the section that explains it: {"reporting:fill": "fill"}. A name
    without a colon, {"reporting": ""}, is for all other addresses of that app; "" is the top of the page.
    `context` makes what the prose shows beside words, such as examples that core has worked out.
    """

    slug: str
    title: str
    part: Part
    order: int
    template: str
    summary: str
    wants: tuple[Want, ...] = ()
    helps: Mapping[str, str] = field(default_factory=dict)
    context: Callable[[], Mapping[str, Any]] = nothing_more

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Whom the page is for; nobody named is everybody."""
        named = {want.reader for want in self.wants}
        return tuple(reader for reader in Reader if reader in named)

    @property
    def url(self) -> str:
        return reverse("ui:help_page", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Help:
    """The section that explains a screen; without a page, the contents."""

    page: ManualPage | None = None
    anchor: str = ""

    @property
    def url(self) -> str:
        if self.page is None:
            return reverse("ui:help")
        return self.page.url + (f"#{self.anchor}" if self.anchor else "")


def pages() -> tuple[ManualPage, ...]:
    """All pages of the installed apps in the order of the manual."""
    return _pages(_installed())


def page_of(slug: str) -> ManualPage | None:
    return next((page for page in pages() if page.slug == slug), None)


def help_of(request: HttpRequest | None) -> Help | None:
    """What explains the screen that is being drawn; None on the pages of the manual itself."""
    match = getattr(request, "resolver_match", None)
    name = match.view_name if match else ""
    return None if name.startswith("ui:help") else help_for(name)


def help_for(name: str) -> Help:
    """What explains the address of this name."""
    known = _helps(_installed())
    return known.get(name) or known.get(name.partition(":")[0]) or Help()


@lru_cache(maxsize=4)
def _pages(installed: tuple[str, ...]) -> tuple[ManualPage, ...]:
    """Kept for each set of apps: pages are written in code and do not change while it runs."""
    return tuple(sorted(_announced(), key=lambda page: (page.part.order, page.order, page.slug)))


def _announced() -> Iterator[ManualPage]:
    for config in apps.get_app_configs():
        hook = getattr(config, "manual", None)
        if callable(hook):
            yield from hook()


@lru_cache(maxsize=4)
def _helps(installed: tuple[str, ...]) -> dict[str, Help]:
    return {name: Help(page, at) for page in _pages(installed) for name, at in page.helps.items()}


def _installed() -> tuple[str, ...]:
    return tuple(config.name for config in apps.get_app_configs())
