"""`remind`: the daily letters about what is due and what has changed, for cron or systemd."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from kaikaku.cli.django_side import require_database, start
from kaikaku.cli.ideas import tell_proposers
from kaikaku.core.eras import parse_date
from kaikaku.core.errors import RuleViolation


def register(commands: Any) -> None:
    remind = commands.add_parser(
        "remind",
        help="期限の近い調書と過ぎた調書の催促を送る",
        description="受付中の照会について、期限の7日前、前日、期限を過ぎたときに、手続をする人へメールを送ります。"
        "同じ期限の催促は1度だけです。変更のメールを希望した人には、フォローしているものの変更も1日1通送ります。職員提案に回答があった人には、本人だけに知らせます。"
        "毎朝1回、cron などから実行してください。",
    )
    remind.add_argument("--on", metavar="日付", help="この日として実行する（例：2026-05-08）。省くと今日")
    remind.set_defaults(run=run_remind)


def run_remind(arguments: argparse.Namespace) -> int:
    """Send the reminders of the day."""
    day = _day(arguments.on)
    start()
    require_database()
    from kaikaku.reporting.services import remind_due

    done = remind_due(on=day)
    print(f"{done.sheets}件の調書について、{done.mails}通のメールを送りました。")
    if done.without_address:
        print(f"メールアドレスのない人：{'、'.join(done.without_address)}")
    if done.without_anyone:
        print(f"手続をする人のいない所属：{'、'.join(done.without_anyone)}")
    _send_digests(day)
    tell_proposers(day)
    return 0


def _send_digests(day: date | None) -> None:
    """What has changed in what people follow, to those who asked for it."""
    from kaikaku.home.services import send_digests

    sent = send_digests(on=day)
    if sent.mails:
        print(f"フォローしているものの変更を、{sent.mails}人にメールで送りました。")
    if sent.without_address:
        print(f"メールアドレスのない人（変更のメール）：{'、'.join(sent.without_address)}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = parse_date(text)
    if day is None:
        raise RuleViolation(
            "cli.day", f"「{text}」を日付として読み取れません。2026-05-08 のように書いてください。"
        )
    return day
