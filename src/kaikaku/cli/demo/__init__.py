"""The demo: five published plans read by our own importer, and an invented prefecture that lives its year.

Every row is written by the services a user would use. A government that is there already is left alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.cli.demo import mihon, prefectures, year
from kaikaku.cli.demo.accounts import PASSWORD, Account
from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.org import queries as org
from kaikaku.publish import queries as publish_queries
from kaikaku.publish import services as publish

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation

PUBLISHED_ON = date(2026, 9, 1)


def load_demo(*, day: date | None = None) -> int:
    """Load what is missing, publish what is not yet published, say who may sign in.

    `day` is the day on which みほん県 is met in the midst of its year; None is today.
    """
    accounts = [*mihon.ACCOUNTS, *(sample.account for sample in prefectures.SAMPLES)]
    for sample in prefectures.SAMPLES:
        bring(sample.slug, sample.words, sample.load)
    live(day or org.today())
    tell(accounts)
    return 0


def bring(slug: str, words: str, load: Callable[[], Organisation]) -> None:
    """Load one government in one transaction, then publish its editions."""
    organisation = org.organisation_by_slug(slug)
    if organisation is not None and not publish_queries.unpublished(organisation):
        return
    with step(words):
        if organisation is None:
            with transaction.atomic():
                organisation = load()
        for edition in publish_queries.unpublished(organisation):
            publish.publish_edition(edition=edition, by=None, published_on=PUBLISHED_ON)


def live(day: date) -> None:
    """みほん県 in the three parts of its year, each all or nothing: what is done already is left alone."""
    if day < year.EARLIEST:
        raise RuleViolation(
            "cli.demo_day",
            f"見本の日は{show_date(year.EARLIEST)}以後にしてください。それより前の日の見本はありません。",
        )
    for words, is_due, part in year.PARTS:
        if is_due():
            with step(words):
                part(day)


@contextmanager
def step(words: str) -> Iterator[None]:
    """One line of progress: what is being done, then how long it took."""
    started = time.monotonic()
    print(f"・{words}…", end="", flush=True)
    yield
    print(f" {time.monotonic() - started:.1f}秒", flush=True)


def tell(accounts: list[Account]) -> None:
    print()
    print("見本の利用者（パスワードはすべて " + PASSWORD + "）")
    for account in accounts:
        print(f"  {account.username:<12}{account.words}")
    print()
    print("公開サイト　http://127.0.0.1:8000/public/")
    print()
