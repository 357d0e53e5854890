"""What stands around every page: places, government, edition switch, person.

The apps below announce themselves; this module only collects. An `AppConfig` may define

    places(user) -> Iterable[Place]        the row under the header, less what this person never uses
    identity(user) -> Identity | None      the government, the person and the post (org)
    links(user) -> Iterable[Link]          more entries of the person's own menu, above those of identity
    editions(request) -> Iterable[Choice]  the switch of edition and year (plans)
    tools(user, kind, key) -> Iterable[Tool]  buttons on the page of a thing, by its model's label and key
    search_url() -> str                    where the search field sends its `q`
    notices(user) -> int                   how many unread 通知 (home), with `notices_url()`

Order of places: ホーム 10, プラン 20, 報告 30, 点検・見直し 40, 取組 50, 調査 60, 公表 70. The row holds
seven; what comes after them, for somebody who uses more, is in their own menu.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.http import HttpRequest

MOST_PLACES = 7


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main row. It is current while the address begins with `url` (or one of `also`).

    Several apps may share a label (取組); then each is a member of it, under its `name` (else its app's).
    """

    label: str
    url: str
    order: int = 50
    count: int = 0
    also: tuple[str, ...] = ()
    current: bool = False
    name: str = ""
    members: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One edition (or year) of the switch in the header."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the person's own menu."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A button that an app puts on the page of a thing of another: what it posts, and where to."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is here, and for which government. `sample` marks an organisation made up to try things out.

    `roles` are what the person is today, as org names them.
    """

    government: str
    person: str
    post: str = ""
    sample: bool = False
    links: tuple[Link, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the base page shows outside its content."""

    places: tuple[Place, ...] = ()
    identity: Identity | None = None
    editions: tuple[Choice, ...] = ()
    search_url: str = ""
    notices: int = 0
    notices_url: str = ""
    path: str = field(default="/", compare=False)

    @property
    def edition(self) -> Choice | None:
        return next((choice for choice in self.editions if choice.current), None)


def navigation(request: HttpRequest) -> tuple[Place, ...]:
    """The places of the person who asks."""
    return frame(request).places


def frame(request: HttpRequest | None) -> Frame:
    """Collect the frame once per request; without a signed-in person it is empty."""
    if request is None:
        return Frame()
    kept: Frame | None = getattr(request, "_kaikaku_frame", None)
    if kept is None:
        kept = _collect(request)
        request._kaikaku_frame = kept  # type: ignore[attr-defined]
    return kept


def tools(request: HttpRequest | None, kind: str, key: int) -> tuple[Tool, ...]:
    """The buttons that apps put on the page of a thing, for the person who asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    return tuple(_each("tools", user, kind, key))


def _collect(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(path=request.path)
    identity = next((found for found in _ask("identity", user) if found is not None), None)
    places = _merge(_places(user))
    if identity is not None:
        beyond = (Link(place.label, place.url) for place in places[MOST_PLACES:])
        identity = replace(identity, links=(*beyond, *_each("links", user), *identity.links))
    return Frame(
        places=_mark_current(places[:MOST_PLACES], request.path),
        identity=identity,
        editions=tuple(_each("editions", request)),
        search_url=next(iter(_ask("search_url")), ""),
        notices=sum(_ask("notices", user)),
        notices_url=next(iter(_ask("notices_url")), ""),
        path=request.path,
    )


def _ask(name: str, *args: object) -> Iterator[Any]:
    for config in apps.get_app_configs():
        hook = getattr(config, name, None)
        if callable(hook):
            yield hook(*args)


def _each(name: str, *args: object) -> Iterator[Any]:
    for found in _ask(name, *args):
        yield from found


def _places(user: Any) -> Iterator[Place]:
    """What the apps offer, each place with a name of its own."""
    for config in apps.get_app_configs():
        offer = getattr(config, "places", None)
        for place in offer(user) if callable(offer) else ():
            yield place if place.name else replace(place, name=str(config.verbose_name))


def _merge(places: Iterable[Place]) -> list[Place]:
    """Places of one label become one: several apps share 取組, the first in order gives the address."""
    merged: dict[str, Place] = {}
    for place in sorted(places, key=lambda place: place.order):
        first = merged.get(place.label)
        if first is None:
            merged[place.label] = place
        else:
            also = (*first.also, place.url, *place.also)
            members = (*(first.members or (first,)), place)
            merged[place.label] = replace(first, also=also, count=first.count + place.count, members=members)
    return list(merged.values())


def _mark_current(places: list[Place], path: str) -> tuple[Place, ...]:
    """Exactly one place at most is current: the one whose address is the longest beginning of ours."""

    def fit(place: Place) -> int:
        return max((len(url) for url in (place.url, *place.also) if _begins(path, url)), default=0)

    best = max(places, key=fit, default=None)
    return tuple(
        replace(
            place,
            current=place is best and fit(place) > 0,
            members=_mark_current(list(place.members), path) if place is best else place.members,
        )
        for place in places
    )


def _begins(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
