"""The people of every test that needs people, made through the services a government would use.

さくら県: 佐藤 enters figures (担当, 税務課), 鈴木 approves them (所属長, 総務部), 高橋 runs the round
(事務局), 伊藤 decides (本部員), 渡辺 advises from outside (委員), 小林 works here (職員), 山本 runs the
system (情報システム担当). となり県: 田中 works there and must see nothing of さくら県; 中村 holds every role
there and sees nothing either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kaikaku.org import services
from kaikaku.org.models import Department, Organisation, Post, User
from kaikaku.org.roles import Role

OPENED = date(2020, 4, 1)
PASSWORD = "sakura-no-hana-2026"


@dataclass(frozen=True)
class Cast:
    """Two governments and who works there."""

    sakura: Organisation
    tonari: Organisation
    somu: Department  # 総務部
    zeimu: Department  # 総務部 税務課
    gyokaku: Department  # 総務部 行政改革課
    sato: User
    suzuki: User
    takahashi: User
    ito: User
    watanabe: User
    kobayashi: User
    yamamoto: User
    tanaka: User
    nakamura: User

    def of(self, role: Role) -> User:
        """The one of さくら県 whose role this is."""
        return {
            Role.CLERK: self.sato,
            Role.CHIEF: self.suzuki,
            Role.SECRETARIAT: self.takahashi,
            Role.EXECUTIVE: self.ito,
            Role.MEMBER: self.watanabe,
            Role.EMPLOYEE: self.kobayashi,
            Role.IT: self.yamamoto,
        }[role]


def person(organisation: Organisation, username: str, name: str) -> User:
    """An account that can sign in with PASSWORD."""
    return services.create_user(
        organisation=organisation, username=username, name=name, password=PASSWORD, by=None
    )


def post(department: Department, title: str, role: Role, holder: User | None = None) -> Post:
    """A post since OPENED, held by `holder` since then."""
    opened = services.open_post(department=department, title=title, role=role, opened=OPENED, by=None)
    if holder is not None:
        services.appoint(post=opened, user=holder, from_day=OPENED, by=None)
    return opened


def department(organisation: Organisation, name: str, parent: Department | None = None) -> Department:
    """A department since OPENED."""
    return services.open_department(
        organisation=organisation, name=name, parent=parent, opened=OPENED, by=None
    )


def make_cast() -> Cast:
    """Everybody, freshly made."""
    sakura = services.create_organisation(name="さくら県", kana="さくらけん", slug="sakura", by=None)
    tonari = services.create_organisation(name="となり県", kana="となりけん", slug="tonari", by=None)
    somu = department(sakura, "総務部")
    zeimu = department(sakura, "税務課", somu)
    gyokaku = department(sakura, "行政改革課", somu)
    chiji = department(sakura, "知事")
    people = {
        "sato": (zeimu, "主事", Role.CLERK, "佐藤"),
        "suzuki": (somu, "総務部長", Role.CHIEF, "鈴木"),
        "takahashi": (gyokaku, "主査", Role.SECRETARIAT, "高橋"),
        "ito": (chiji, "副知事", Role.EXECUTIVE, "伊藤"),
        "watanabe": (gyokaku, "有識者委員", Role.MEMBER, "渡辺"),
        "kobayashi": (zeimu, "技師", Role.EMPLOYEE, "小林"),
        "yamamoto": (gyokaku, "情報主査", Role.IT, "山本"),
    }
    users = {}
    for username, (where, title, role, name) in people.items():
        users[username] = person(sakura, username, name)
        post(where, title, role, users[username])
    there = department(tonari, "企画課")
    tanaka, nakamura = person(tonari, "tanaka", "田中"), person(tonari, "nakamura", "中村")
    post(there, "主事", Role.EMPLOYEE, tanaka)
    for role in Role:
        post(there, f"兼務 {role.label}", role, nakamura)
    return Cast(
        sakura=sakura,
        tonari=tonari,
        somu=somu,
        zeimu=zeimu,
        gyokaku=gyokaku,
        tanaka=tanaka,
        nakamura=nakamura,
        **users,
    )
