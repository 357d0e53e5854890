"""Pictures of screens for the manual: what each shows, how it is taken, and how one that is out of date is
found.

An app declares its pictures in tests/<app>/pictures.py:

PICTURES = (
    Picture("plans/edition", "jimukyoku", lambda world: world.edition_path, crop=(".page-head", ".tally")),
)

What is said on the pictured part of the screen is kept as a fingerprint (fingerprints.json). A screen that
says something else makes the test fail until `make pictures` has taken the picture anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from tests.manual.world import World

FINGERPRINTS = Path(__file__).with_name("fingerprints.json")
UPDATE = os.environ.get("KAIKAKU_UPDATE_PICTURES") == "1"
MOST_BYTES = 60_000
MOST_BYTES_IN_ALL = 3_000_000
COLOURS = (128, 64)
MARGIN = 12
TALLEST = 1400

# The words on the pictured parts; marks are drawn after they have been read.
WORDS = "parts => parts.flatMap(s => [...document.querySelectorAll(s)].map(e => e.innerText)).join('\\n')"
BOX = """parts => {
    const found = parts.flatMap(s => [...document.querySelectorAll(s)]).map(e => e.getBoundingClientRect());
    const seen = found.filter(b => b.width && b.height);
    return seen.length && [
        Math.min(...seen.map(b => b.left)) + scrollX, Math.min(...seen.map(b => b.top)) + scrollY,
        Math.max(...seen.map(b => b.right)) + scrollX, Math.max(...seen.map(b => b.bottom)) + scrollY];
}"""
# A frame and a number on each marked element. The policy forbids style in HTML, not by script of a test.
MARK = """marks => marks.forEach((selector, i) => {
    const one = document.querySelector(selector);
    if (!one) throw new Error(`nothing to mark: ${selector}`);
    const box = one.getBoundingClientRect(), frame = document.createElement('div');
    Object.assign(frame.style, {position: 'absolute', left: `${box.left + scrollX - 4}px`,
        top: `${box.top + scrollY - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px`,
        border: '3px solid #b5007f', borderRadius: '6px', boxSizing: 'border-box', zIndex: 1000});
    const number = document.createElement('div');
    number.textContent = i + 1;
    Object.assign(number.style, {position: 'absolute', left: '-14px', top: '-14px', width: '24px',
        height: '24px', borderRadius: '12px', background: '#b5007f', color: '#fff', textAlign: 'center',
        font: '700 15px/24px sans-serif'});
    frame.append(number);
    document.body.append(frame);
})"""


@dataclass(frozen=True)
class Picture:
    """One picture: `app/name`, who looks (an account of the demo; None is nobody), at which address.

    The parts of `crop` are pictured together; `marks` are framed and numbered from 1 in their order. What
    `steps` bring about on the page comes before; one that `changes` what is kept is taken after all others.
    """

    name: str
    who: str | Callable[[World], User] | None
    path: Callable[[World], str]
    crop: tuple[str, ...] = ("main",)
    marks: tuple[str, ...] = ()
    width: int = 960
    steps: Callable[[Tab, World], Any] | None = None
    changes: bool = False

    def user(self, world: World) -> User | None:
        return world.user(self.who) if isinstance(self.who, str) else self.who and self.who(world)

    @property
    def file(self) -> Path:
        app, _, own = self.name.partition("/")
        return Path(settings.PACKAGE) / app / "static" / app / "help" / f"{own}.png"


@dataclass
class Kept:
    """The fingerprints on file."""

    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Kept:
        return cls(json.loads(FINGERPRINTS.read_text("utf-8")) if FINGERPRINTS.exists() else {})

    def put(self, name: str, mark: str) -> None:
        self.words[name] = mark
        known = {picture.name for picture in declared()}
        left = {key: self.words[key] for key in sorted(self.words) if key in known}
        FINGERPRINTS.write_text(json.dumps(left, indent=1) + "\n", "utf-8")


def declared() -> list[Picture]:
    """The pictures of the installed apps, those that change something last."""
    found: list[Picture] = []
    for app in settings.KAIKAKU_APPS:
        if find_spec(f"tests.{app}") and find_spec(f"tests.{app}.pictures"):
            found += import_module(f"tests.{app}.pictures").PICTURES
    return sorted(found, key=lambda picture: picture.changes)


def tagged(find: Callable[[Tab], Locator]) -> Callable[[Tab, World], None]:
    """A step that gives what it finds to `crop` as [data-picture]."""
    return lambda tab, _: find(tab).evaluate("one => { one.dataset.picture = 1 }")


def fingerprint(tab: Tab, picture: Picture) -> str:
    """Of the title, the words on the pictured parts, blanks left out, and of how the picture is taken.

    So are times of day: the sample's clock goes on at every look, and how often it is looked at may change.
    """
    said = re.sub(r"\s|\d{1,2}[:時]\d{2}分?", "", tab.title() + str(tab.evaluate(WORDS, list(picture.crop))))
    return hashlib.sha256(f"{said}{picture.crop}{picture.marks}{picture.width}".encode()).hexdigest()[:20]


def take(tab: Tab, picture: Picture) -> bytes:
    """The pictured parts as a small PNG."""
    tab.evaluate("document.fonts.ready")
    if picture.marks:
        tab.evaluate(MARK, list(picture.marks))
    box = tab.evaluate(BOX, list(picture.crop))
    assert box, f"{picture.name}: nothing on the page fits {picture.crop}"
    margin = MARGIN + (8 if picture.marks else 0)  # for the numbers
    left, top = max(box[0] - margin, 0), max(box[1] - margin, 0)
    clip = {"x": left, "y": top, "width": box[2] - left + margin, "height": box[3] - top + margin}
    assert clip["height"] <= TALLEST, f"{picture.name}: {clip['height']:.0f}px is too tall for a page"
    return smaller(tab.screenshot(full_page=True, clip=clip))  # type: ignore[arg-type]


def smaller(picture: bytes) -> bytes:
    """In few colours, which are enough for flat areas and the edges of letters; in fewer if it is large."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        whole.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
