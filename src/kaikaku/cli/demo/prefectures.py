"""The five published plans, from the digests in `kaikaku/samples/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kaikaku.cli.demo import bound, bpr, exchange, ideas_yamaguchi, ledgers
from kaikaku.cli.demo.accounts import PASSWORD, Account
from kaikaku.ingest import services as ingest
from kaikaku.org import services as org
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

FOLDER = Path(__file__).resolve().parents[2] / "samples"
OPENED = date(2020, 4, 1)


@dataclass(frozen=True, slots=True)
class Sample:
    """A published plan: whose it is, which digest holds it, and what else its office put in (`more`)."""

    slug: str
    name: str
    kana: str
    code: str
    file: str
    more: Callable[[User], None] | None = None

    @property
    def words(self) -> str:
        return f"{self.name}のプランを読み取っています"

    @property
    def account(self) -> Account:
        return Account(self.slug, f"{self.name} 事務局", f"{self.name}の事務局")

    def load(self) -> Organisation:
        """The government with one office account, and its plan as our importer reads it."""
        organisation = org.create_organisation(
            name=self.name, kana=self.kana, slug=self.slug, code=self.code, by=None
        )
        account = self.account
        user = org.create_user(
            organisation=organisation,
            username=account.username,
            name=account.name,
            password=PASSWORD,
            by=None,
        )
        office = org.open_department(
            organisation=organisation, name="行財政改革担当課", opened=OPENED, by=None
        )
        post = org.open_post(department=office, title="事務局", role=Role.SECRETARIAT, opened=OPENED, by=None)
        org.appoint(post=post, user=user, from_day=OPENED, by=None)
        data = (FOLDER / self.file).read_bytes()
        proposed = ingest.propose(organisation=organisation, name=self.file, data=data, by=user)
        ingest.accept(imported=proposed, by=user)
        if self.more is not None:
            self.more(user)
        return organisation


def add_yamagata(user: User) -> None:
    """What 山形県 keeps in its registers, and what it has published of ジョブチャレンジ."""
    ledgers.add_yamagata(user)
    exchange.add_yamagata(user)
    bound.add_yamagata(user)


def add_aomori(user: User) -> None:
    """What 青森県 keeps in its registers."""
    bpr.add_aomori(user)
    ledgers.add_aomori(user)
    bound.add_aomori(user)


SAMPLES = (
    Sample("miyagi", "宮城県", "みやぎけん", "040002", "miyagi_r8.txt", exchange.add_miyagi),
    Sample("yamagata", "山形県", "やまがたけん", "060003", "yamagata_r4.txt", add_yamagata),
    Sample("aomori", "青森県", "あおもりけん", "020001", "aomori_r5.txt", add_aomori),
    Sample("yamaguchi", "山口県", "やまぐちけん", "350001", "yamaguchi_r5.txt", ideas_yamaguchi.add),
    Sample("iwate", "岩手県", "いわてけん", "030007", "iwate_r2.txt"),
)
