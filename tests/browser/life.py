"""A year of みほん県 before it begins: who sits before which browser, and what goes on off the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from kaikaku.cli.demo import mihon, people
from kaikaku.cli.demo.crew import Crew, Desk
from kaikaku.cli.demo.replies import figures_of_last_year, reasons, reply_of
from kaikaku.reporting.models import Round
from tests.browser.conftest import Office as Place
from tests.browser.people import Looked, Person
from tests.browser.roles import Approver, Clerk, Member, Office, Reader

EDITION = "令和7年度の取組状況"
ROUND = "令和7年度 取組実績の照会"
SHEET = f"税務課（{ROUND}）"
PAID, UNPAID = "県税の徴収率", "県税の収入未済額"

Somebody = TypeVar("Somebody", bound=Person)


@dataclass
class Life:
    """Who sits before which browser; `broken` names the scene at which the story stopped."""

    place: Place
    office: Office
    clerk: Clerk
    chief: Approver
    director: Approver
    member: Member
    reader: Reader
    edition: int
    broken: str = ""
    kept: dict[str, str] = field(default_factory=dict)


def begin(place: Place) -> Life:
    """みほん県 at the end of 令和7年度: its plan, its people, each signed in, and nobody has reported yet."""
    edition = mihon.load().plans.get().editions.get()
    looked = Looked()

    def sits(kind: type[Somebody], username: str) -> Somebody:
        person = kind(place.open("/public/"), looked, place.browser)
        if username:
            person.signs_in(username)
        return person

    return Life(
        place=place,
        office=sits(Office, "jimukyoku"),
        clerk=sits(Clerk, "tanto"),
        chief=sits(Approver, "shozokucho"),
        director=sits(Approver, "honbuin"),
        member=sits(Member, "iin"),
        reader=sits(Reader, ""),
        edition=edition.pk,
    )


def told_in_order(life: Life, request: pytest.FixtureRequest) -> Iterator[None]:
    """Around each scene: after one that failed there is nothing to go on from."""
    if life.broken:
        pytest.skip(f"the story stopped at {life.broken}")
    before = request.session.testsfailed
    yield
    if request.session.testsfailed > before:
        life.broken = request.node.name


def the_other_sections_report(*, but: str, fill: bool) -> None:
    """Off the stage: all others fill in (if that is to do), submit, confirm; outside 総務部 they bundle."""
    desk = Desk(Crew((*people.ACCOUNTS, *people.ADVISERS), reasons()))
    desk.take(Round.objects.get())
    for section in mihon.OWNERS:
        if section == but:
            continue
        if fill:
            desk.fill(section, reply_of(section, "r7", figures_of_last_year()))
        desk.submit(section)
        desk.approve(section)
        if section not in people.DEPARTMENTS["総務部"].split():
            desk.approve(section)
