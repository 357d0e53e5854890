"""The pictures of the manual show the screens as they are; `make pictures` takes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from kaikaku.ui.manual import pages
from kaikaku.ui.manual.drawing import picture as shown
from tests.browser.chromium import Chromium, viewport
from tests.browser.conftest import _await_answers, db
from tests.conftest import Site
from tests.manual import pictures
from tests.manual.clock import standing
from tests.manual.pictures import MOST_BYTES, MOST_BYTES_IN_ALL, UPDATE, Kept, Picture, declared
from tests.manual.world import DAY, World

__all__ = ["db"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = declared()
NAMES = [picture.name for picture in PICTURES]


@pytest.fixture(scope="module")
def world(db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The sample on its day, behind a server whose clock stands still."""
    folder = tmp_path_factory.mktemp("pictures")
    places = {"MEDIA_ROOT": folder / "media", "PUBLICATIONS_ROOT": folder / "publications"}
    with override_settings(**places), standing() as clock:
        clock.set(DAY.year, DAY.month, DAY.day)
        server = LiveServer("127.0.0.1")
        try:
            yield World.build(server.url)
        finally:
            _await_answers()
            server.stop()


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_picture_shows_the_screen_as_it_is(picture: Picture, world: World, browser: Chromium) -> None:
    size = {**viewport(picture.width), "height": 1000}
    with closing(browser.context(base_url=world.url, viewport=size)) as context:
        user = picture.user(world)
        if user is not None:
            context.add_cookies([Site(world.url, None).cookie(user)])  # type: ignore[arg-type]
        tab = context.new_page()
        tab.goto(picture.path(world))
        if picture.steps:
            picture.steps(tab, world)
        now, kept = pictures.fingerprint(tab, picture), Kept.read()
        if UPDATE and (kept.words.get(picture.name) != now or not picture.file.exists()):
            picture.file.parent.mkdir(parents=True, exist_ok=True)
            picture.file.write_bytes(pictures.take(tab, picture))
            kept.put(picture.name, now)
    # two people on one sheet are told by the status 409, which a browser notes
    browser.said[:] = [words for words in browser.said if "(Conflict)" not in words]
    assert picture.file.exists(), "撮っていません。make pictures を実行してください"
    assert Kept.read().words.get(picture.name) == now, (
        "画面の言葉が画像と変わりました。make pictures を実行してください"
    )
    assert picture.file.stat().st_size <= MOST_BYTES


def test_no_two_pictures_have_one_name() -> None:
    assert len(NAMES) == len(set(NAMES))


def test_every_picture_of_a_page_is_declared_and_every_declared_one_is_on_a_page() -> None:
    templates = (Path(settings.PACKAGE) / page.template.partition("/")[0] / "templates" for page in pages())
    found = zip(templates, pages(), strict=True)
    texts = [(folder / page.template).read_text("utf-8") for folder, page in found]
    named = {name for text in texts for name in re.findall(r"m\.picture\('([^']+)'", text)}
    assert named == set(NAMES)


def test_no_file_is_left_of_a_picture_that_is_gone() -> None:
    files = Path(settings.PACKAGE).glob("*/static/*/help/*.png")
    assert {f"{file.parent.parent.name}/{file.stem}" for file in files} == set(NAMES)


def test_all_pictures_together_are_small() -> None:
    assert sum(picture.file.stat().st_size for picture in PICTURES) <= MOST_BYTES_IN_ALL


@pytest.mark.parametrize("name", NAMES)
def test_a_page_knows_the_size_of_a_picture(name: str) -> None:
    found = shown(name)
    assert found is not None
    assert 300 <= found.width <= 1240
    assert 60 <= found.height <= 1500
