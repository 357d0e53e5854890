"""Who works in みほん県: 40 sections of five posts each, the heads who bundle their sheets (取りまとめ),
and those who decide and advise. All invented.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kaikaku.cli.demo.accounts import PASSWORD, Account
from kaikaku.org import services as org
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, Post, User

OPENED = date(2020, 4, 1)
REORGANISED = date(2023, 4, 1)

DEPARTMENTS = {
    "総務部": "人事課 総務課 財政課 税務課 財産活用課 行政改革課 内部統制室",
    "企画部": "企画課 広報課 情報システム課 市町村課 地域振興課",
    "県民生活部": "県民生活課 県民サービス課 男女共同参画課 環境課 消費生活課",
    "防災部": "危機管理課 消防課",
    "保健福祉部": "健康課 医療政策課 高齢者支援課 子育て支援課 障がい福祉課",
    "産業労働部": "産業政策課 雇用課 観光課 企業立地課",
    "農林水産部": "農政課 農村整備課 林業課 水産課",
    "県土整備部": "土木総務課 道路課 河川課 建築住宅課",
    "会計局": "会計課",
    "病院局": "病院総務課",
    "教育委員会": "教育総務課 教職員課",
}
POSTS = (
    ("課長", Role.CHIEF),
    ("課長補佐", Role.CLERK),
    ("係長", Role.CLERK),
    ("主査", Role.EMPLOYEE),
    ("主事", Role.EMPLOYEE),
)
SURNAMES = "青木 石川 上田 遠藤 岡田 加藤 木村 工藤 小山 斎藤 清水 須藤 関 高木 千葉 土屋 手塚 戸田 中島 西田"
HEAD_NAMES = "浅井 今井 臼井 江口 奥田 片山 菊池 久保 小池 桜井 島田"
GIVEN = "一郎 恵子 健太 幸子 大輔 陽子 翔 美咲 拓也 直美"

# The head of each division: takes together what its sections report.
HEADS = {"会計局": "会計管理者", "病院局": "病院事業管理者", "教育委員会": "教育次長"}

ACCOUNTS = (
    Account("jimukyoku", "森 事務局", "みほん県 事務局（行政改革課）"),
    Account("tanto", "林 担当", "みほん県 担当（税務課）"),
    Account("shozokucho", "原 所属長", "みほん県 所属長（税務課長）"),
    Account("honbuin", "堀 本部員", "みほん県 本部員（総務部長）"),
    Account("iin", "南 委員", "みほん県 委員（有識者）"),
    Account("shokuin", "星 職員", "みほん県 職員"),
    Account("joho", "東 情報", "みほん県 情報システム担当"),
)
# who sits on the committee beside 南 委員; without a password
ADVISERS = (Account("iin1", "北 委員", ""), Account("iin2", "西 委員", ""))
# the post that each account takes over from its invented holder: section, title, role
TAKEN = {
    ("税務課", "係長"): "tanto",
    ("税務課", "課長"): "shozokucho",
    ("広報課", "主事"): "shokuin",
}


def populate(organisation: Organisation) -> dict[str, Department]:
    """Departments, posts and people; returns the sections by name as they stand today."""
    users = {account.username: person(organisation, account, password=PASSWORD) for account in ACCOUNTS}
    names = (f"{surname} {given}" for given, surname in product(GIVEN.split(), SURNAMES.split()))
    sections: dict[str, Department] = {}
    number = 0
    for division, below in DEPARTMENTS.items():
        parent = org.open_department(organisation=organisation, name=division, opened=OPENED, by=None)
        head(organisation, parent, users["honbuin"])
        for name in below.split():
            section = org.open_department(
                organisation=organisation, name=name, parent=parent, opened=OPENED, by=None
            )
            sections[name] = section
            for title, role in POSTS:
                number += 1
                account = Account(f"m{number:03}", next(names), "")
                taken = TAKEN.get((name, title))
                post(
                    section, title, role=role, holder=users[taken] if taken else person(organisation, account)
                )
    special_posts(sections, users)
    # 情報システム課 became デジタル推進課: duties and series go on under the new name
    sections["デジタル推進課"] = org.rename_department(
        department=sections.pop("情報システム課"), name="デジタル推進課", from_day=REORGANISED, by=None
    )
    return sections


def head(organisation: Organisation, division: Department, honbuin: User) -> None:
    """The one at the top of a division; in 総務部 also a member of the headquarters."""
    title = HEADS.get(division.name, "部長")
    if division.name == "総務部":
        post(division, "推進本部員", role=Role.EXECUTIVE, holder=honbuin)
        holder = honbuin
    else:
        order = list(DEPARTMENTS).index(division.name)
        name = f"{HEAD_NAMES.split()[order]} {title}"
        holder = person(organisation, Account(f"bucho{order:02}", name, ""))
    post(division, title, role=Role.CHIEF, holder=holder)


def special_posts(sections: dict[str, Department], users: dict[str, User]) -> None:
    post(sections["行政改革課"], "改革担当主幹", role=Role.SECRETARIAT, holder=users["jimukyoku"])
    post(sections["行政改革課"], "推進委員会委員", role=Role.MEMBER, holder=users["iin"])
    for account in ADVISERS:
        adviser = person(sections["行政改革課"].organisation, account)
        post(sections["行政改革課"], "推進委員会委員", role=Role.MEMBER, holder=adviser)
    post(sections["情報システム課"], "システム管理担当", role=Role.IT, holder=users["joho"])


def person(organisation: Organisation, account: Account, *, password: str | None = None) -> User:
    return org.create_user(
        organisation=organisation, username=account.username, name=account.name, password=password, by=None
    )


def post(department: Department, title: str, *, role: Role, holder: User) -> Post:
    opened = org.open_post(department=department, title=title, role=role, opened=OPENED, by=None)
    org.appoint(post=opened, user=holder, from_day=OPENED, by=None)
    return opened
