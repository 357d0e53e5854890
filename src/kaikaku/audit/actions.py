"""What each recorded action is called in Japanese, and what an entry holds that is no column.

An app lists its own in `<app>/actions.py` as `SENTENCES`: {"plans.indicator.revised": "指標を改めました"},
and as `FIELDS` the words for names in its entries that are no column of the subject: {"address": "番地"}.
`FOLLOWS`, where an app has it, names the actions after which their doer is told what becomes of the subject.
They are gathered through the app registry, so that this app knows none of those above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

SENTENCES = {
    "audit.log.exported": "操作の記録をCSVに書き出しました",
}


@cache
def sentences() -> dict[str, str]:
    """All actions of all installed apps, code → sentence."""
    return {code: text for _, module in _modules() for code, text in module.SENTENCES.items()}


@cache
def fields(area: str) -> dict[str, str]:
    """The words of one app for names in its entries that are no column."""
    found: dict[str, str] = next(
        (getattr(module, "FIELDS", {}) for label, module in _modules() if label == area), {}
    )
    return found


@cache
def follows() -> frozenset[str]:
    """The actions of all installed apps whose doer follows the subject from then on (`FOLLOWS`)."""
    return frozenset(code for _, module in _modules() for code in getattr(module, "FOLLOWS", ()))


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for config in apps.get_app_configs():
        if config.name.startswith("kaikaku.") and find_spec(f"{config.name}.actions"):
            yield config.label, import_module(f"{config.name}.actions")


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
