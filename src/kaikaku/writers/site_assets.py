"""The few files that every page shares: one style sheet, the search script, the icon."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kaikaku.writers.sheets import Sheet, digest, kit

HERE = Path(__file__).parent / "assets"
# the order matters: values, pieces, then what only the public site has
STYLES = ("css/tokens.css", "css/components.css", "css/site.css")


@lru_cache(maxsize=1)
def asset_texts() -> dict[str, str]:
    """The shared files by name. The styles are one file, since a phone pays for every request."""
    return {
        "site.css": "\n".join((HERE / name).read_text(encoding="utf-8") for name in STYLES),
        "search.js": (HERE / "js" / "search.js").read_text(encoding="utf-8"),
        "icon.svg": (HERE / "icon.svg").read_text(encoding="utf-8"),
    }


def asset_sheets() -> Iterator[Sheet]:
    """The shared files as sheets of a publication."""
    for name, text in asset_texts().items():
        yield Sheet(f"assets/{name}", digest(kit(), name), lambda text=text: (text,))  # type: ignore[misc]


def write_assets(folder: Path) -> None:
    """Write the shared files into `folder`, for a page that stands outside a publication."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in asset_texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
