"""What tests of a printed publication share: print it, read its pages, compare two folders."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from lxml import etree
from tests.pages import check_html
from tests.writers.sample_dataset import sample

from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.publish import Printed, print_all

PAGES_AND_DATA = ("site", "data")


def publish(dataset: EditionDataset, out: Path, **more: object) -> Printed:
    """Print pages and data, without the papers' engines."""
    return print_all(dataset, out, formats=PAGES_AND_DATA, **more)  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def pages_of(folder: Path) -> list[str]:
    """The paths of all pages."""
    return sorted(path for path in contents(folder) if path.endswith(".html"))


def page(folder: Path, path: str) -> etree._Element:
    """A page's tree after every check that the office's pages pass too."""
    return check_html((folder / path).read_text(encoding="utf-8"))


def words(tree: etree._Element, path: str = "//main") -> str:
    """All words of a part of a page, blanks made one."""
    return " ".join(" ".join("".join(node.itertext()).split()) for node in tree.xpath(path))


def manifest(folder: Path) -> dict[str, str]:
    """SHA-256 by path, as the manifest says."""
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    return {one["path"]: one["sha256"] for one in listed}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def sample_folder(base: Path) -> Path:
    """The sample, printed once for a test run."""
    publish(sample(), base / "sample")
    return base / "sample"
