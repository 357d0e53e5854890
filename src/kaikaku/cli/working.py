"""`worker`: what has to be done by itself, again and again, until the process is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from typing import Any

from kaikaku.cli.django_side import require_database, start
from kaikaku.cli.ideas import tell_proposers
from kaikaku.cli.matching import compute_waiting
from kaikaku.core.errors import RuleViolation

LONGEST_PAUSE = 24 * 60
PAUSE = 5  # seconds between two looks at what somebody waits for in front of a screen


def register(commands: Any) -> None:
    worker = commands.add_parser(
        "worker",
        help="催促を送り、時間のかかる計算をし続ける",
        description="期限の近い調書と過ぎた調書の催促を、毎日決まった時刻を過ぎてから送ります。同じ期限の催促は1度だけです。"
        "画面から求められた、時間のかかる計算（庁内の応援の組合せ）もします。"
        "止めるときは SIGTERM（systemd の停止）か Ctrl+C です。"
        "cron を使うときは、代わりに remind と match を実行してください。",
    )
    worker.add_argument(
        "--every",
        metavar="分",
        type=int,
        default=30,
        help="何分ごとに催促を調べるか（1から1440まで。既定は 30）",
    )
    worker.add_argument(
        "--from",
        dest="hour",
        metavar="時",
        type=int,
        default=8,
        help="何時から送るか（0から23まで。既定は 8）",
    )
    worker.set_defaults(run=run_worker)


def run_worker(arguments: argparse.Namespace) -> int:
    """Look every so often whether something is due; a failure is told and tried again at the next look."""
    if not 1 <= arguments.every <= LONGEST_PAUSE:
        raise RuleViolation("cli.every", f"--every は1から{LONGEST_PAUSE}までの分で指定してください。")
    if not 0 <= arguments.hour <= 23:
        raise RuleViolation("cli.from", "--from は0から23までの時で指定してください。")
    start()
    require_database()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    print(f"動き始めました。{arguments.every}分ごとに調べます。", flush=True)
    due = time.monotonic()
    while not stop.is_set():
        if time.monotonic() >= due:
            look(from_hour=arguments.hour)
            due = time.monotonic() + arguments.every * 60
        compute()
        stop.wait(PAUSE)
    print("止まりました。", flush=True)
    return 0


def compute() -> None:
    """What the office asked to be computed; a failure is told, and shown to those who asked."""
    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    try:
        compute_waiting()
    except (RuleViolation, DatabaseError) as trouble:
        print(f"kaikaku: {trouble}", file=sys.stderr, flush=True)
    finally:
        close_old_connections()


def look(*, from_hour: int) -> None:
    """Send the reminders that are due, once the hour has come."""
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    from kaikaku.reporting.services import remind_due

    if timezone.localtime().hour < from_hour:
        return
    close_old_connections()
    try:
        done = remind_due()
        tell_proposers()
    except (RuleViolation, DatabaseError) as trouble:
        print(f"kaikaku: {trouble}", file=sys.stderr, flush=True)
        return
    finally:
        close_old_connections()
    if done.sheets:
        print(f"{done.sheets}件の調書について、{done.mails}通のメールを送りました。", flush=True)
