"""The page above several publications: which plans of which governments stand in this folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kaikaku.writers.jinja import environment
from kaikaku.writers.site_assets import write_assets


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """A publication in a folder beside the page; `href` is that folder's name."""

    href: str
    organisation: str
    title: str
    words: str
    number: int
    published_on: date
    sample: bool = False


def write_portal(
    entries: Sequence[PortalEntry],
    out: Path,
    *,
    title: str = "公表している行財政改革プラン",
    words: str = "各団体の行財政改革プランと、その取組状況です。",
) -> Path:
    """Write `out`/index.html and its assets; entries are grouped by organisation in the order given."""
    groups: dict[str, list[PortalEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.organisation, []).append(entry)
    page = (
        environment()
        .get_template("site/portal.html")
        .render(title=title, words=words, groups=list(groups.items()))
    )
    out.mkdir(parents=True, exist_ok=True)
    write_assets(out / "assets")
    target = out / "index.html"
    # readers never meet half a page: the new one takes the old one's name in one step
    fresh = out / ".index.html.new"
    fresh.write_text(page, encoding="utf-8")
    fresh.replace(target)
    return target
