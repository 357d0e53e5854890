"""`match`: the computations of help between sections that wait for the worker."""

from __future__ import annotations

import argparse
from typing import Any

from kaikaku.cli.django_side import require_database, start
from kaikaku.core.errors import RuleViolation


def register(commands: Any) -> None:
    match = commands.add_parser(
        "match",
        help="庁内の応援の組合せを計算する",
        description="画面から求められて待っている組合せの計算をします。worker を動かしていれば要りません。"
        "待っているものがなければ、何もせずに終わります。",
    )
    match.set_defaults(run=run_match)


def run_match(_: argparse.Namespace) -> int:
    """Compute what waits; says what came of each."""
    start()
    require_database()
    if not exchange_installed():
        raise RuleViolation("cli.exchange_off", "庁内の応援は、この設定では使わないことになっています。")
    compute_waiting()
    return 0


def exchange_installed() -> bool:
    """Whether sections help each other out in this installation."""
    from django.apps import apps

    return apps.is_installed("kaikaku.exchange")


def compute_waiting() -> None:
    """Compute what waits, if anything; one line for each."""
    if not exchange_installed():
        return
    from kaikaku.exchange.services import compute_waiting as compute

    for run in compute():
        print(
            f"「{run.scheme}」の組合せを計算しました（依頼{len(run.requests)}件、{len(run.pairs)}人）。",
            flush=True,
        )
