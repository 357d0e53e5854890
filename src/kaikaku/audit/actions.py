"""What each recorded action is called in Japanese.

An app lists its own in `<app>/actions.py` as `SENTENCES`: {"plans.indicator.revised": "指標を改めました"};
they are gathered through the app registry, so that this app knows none of those above it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

SENTENCES = {
    "audit.log.exported": "操作の記録をCSVに書き出しました",
}


@cache
def sentences() -> dict[str, str]:
    """All actions of all installed apps, code → sentence."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("kaikaku.") and find_spec(f"{config.name}.actions"):
            found.update(import_module(f"{config.name}.actions").SENTENCES)
    return found


def areas() -> list[tuple[str, str]]:
    """(prefix of actions, what it is called) of every app that records something."""
    return [
        (config.label, str(config.verbose_name))
        for config in apps.get_app_configs()
        if any(code.startswith(f"{config.label}.") for code in sentences())
    ]


def sentence(code: str) -> str:
    """The sentence of a recorded action; an action of an app now switched off shows its code."""
    return sentences().get(code, code)
