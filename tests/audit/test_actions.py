"""Every action that code records has a Japanese sentence, and every sentence is used."""

import re
from pathlib import Path

from django.conf import settings

from kaikaku.audit.actions import fields, sentences

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "kaikaku"
_CODE = re.compile(r'"((?:[a-z]+)\.(?:[a-z_]+)\.(?:[a-z_]+))"')


def codes_in_services() -> set[str]:
    """Dotted codes written in the services of apps."""
    apps = {code.split(".")[0] for code in sentences()}
    found = {
        code
        for path in PACKAGE.rglob("*.py")
        if "services" in path.parts or path.stem == "services"
        for code in _CODE.findall(path.read_text())
    }
    return {code for code in found if code.split(".")[0] in apps}


def test_every_recorded_action_has_a_sentence() -> None:
    assert sorted(codes_in_services() - set(sentences())) == []


def test_every_sentence_says_what_was_done() -> None:
    assert [code for code, text in sentences().items() if not text.split("（")[0].endswith("した")] == []


def test_every_action_is_under_its_own_app() -> None:
    assert {code.split(".")[0] for code in sentences()} <= set(settings.KAIKAKU_APPS)


def test_the_words_of_an_apps_entries_are_in_japanese() -> None:
    apps = {code.split(".")[0] for code in sentences()}
    words = [word for app in apps for word in fields(app).values()]
    assert words
    assert [word for word in words if word.isascii()] == []
