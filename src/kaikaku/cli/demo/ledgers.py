"""The registers of the demo: twelve invented ones of みほん県; what 山形県 and 青森県 have published.

The plans of 山形県 and 青森県 print totals and no list. A row is entered for each of a total, without a name,
marked as standing in for it, and cites the line where the total is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.org import queries as org
from kaikaku.org.roles import Role
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.ledgers.entries import RecordFields
    from kaikaku.ledgers.models import Ledger, Record
    from kaikaku.org.models import Department, Organisation, User
    from kaikaku.sources.models import Citation

TABLE = Path(__file__).resolve().parents[2] / "samples" / "mihon_ledgers.toml"
# the first fiscal year of which the registers of みほん県 are whole
FIRST_YEAR, FIRST = 2021, {"designated_managers": 2023, "generative_ai": 2023}
TAKEN_OVER, ADDED = date(2026, 4, 6), date(2026, 10, 23)
PUBLISHED = 2022  # 令和4年度, of which both plans tell
PROCEDURES, ONLINE = 200, 143  # 山形県: 71.5 %
AGREEMENTS, NEW = 16, 5  # 青森県: +5件（R4年度末16件）
# what the printed totals tell; of anything else the rows that stand in for them know nothing
TOLD = {"procedures": frozenset({"online_share"}), "agreements": frozenset({"new", "standing"})}


def installed() -> bool:
    """Whether this government keeps ledgers."""
    return apps.is_installed("kaikaku.ledgers")


def add_yamagata(user: User) -> None:
    """「条例等に基づく行政手続の71.5%をオンライン化」, published as a share alone: 143 of 200."""
    if not installed():
        return
    rows = [
        {
            "name": f"県独自の行政手続 {n}／{PROCEDURES}",
            "basis": "ordinance",
            "online": "yes" if n <= ONLINE else "no",
        }
        for n in range(1, PROCEDURES + 1)
    ]
    _stand_in(user, "procedures", rows, _cited(user, "オンラインで利用できる県独自の行政手続の割合"))


def add_aomori(user: User) -> None:
    """「包括協定締結件数：+5件（R4年度末16件）」: no partner is named, and the year of the new ones alone."""
    if not installed():
        return
    rows: list[dict[str, object]] = [
        {"partner": f"協定の相手方 {n}／{AGREEMENTS}"}
        | ({"signed_in": PUBLISHED} if n > AGREEMENTS - NEW else {})
        for n in range(1, AGREEMENTS + 1)
    ]
    _stand_in(user, "agreements", rows, _cited(user, "包括協定締結件数"))


def _cited(user: User, words: str) -> Citation:
    document = sources.documents_for(user)[0]
    lines = document.text_lines
    number = next(n for n, line in enumerate(lines, 1) if words in line)
    return citing.cite(document=document, spot=citing.Spot(number, lines[number - 1].strip()))


def _stand_in(user: User, code: str, rows: Sequence[Mapping[str, object]], citation: Citation) -> None:
    from kaikaku.ledgers import services
    from kaikaku.ledgers.entries import RecordFields

    ledger = _opened(org.organisation_of(user), code, user, metrics=TOLD[code])
    records = [
        RecordFields(
            department=None, state="active", public=True, values=row, stand_in=True, citation=citation
        )
        for row in rows
    ]
    services.write_records(ledger=ledger, records=records, by=user)
    services.set_coverage(ledger=ledger, first=PUBLISHED, last=PUBLISHED, by=user)


def _opened(
    organisation: Organisation, code: str, by: User, *, metrics: frozenset[str] | None = None
) -> Ledger:
    """The shipped ledger, with these of its metrics alone where they are named."""
    from kaikaku.ledgers import services
    from kaikaku.ledgers.reading import read_kind, shipped_texts
    from kaikaku.ledgers.writing import write_kind

    text = shipped_texts()[code]
    if metrics is not None:
        kind = read_kind(text)
        text = write_kind(replace(kind, metrics=tuple(m for m in kind.metrics if m.code in metrics)))
    return services.open_ledger(organisation=organisation, text=text, by=by)


@dataclass(frozen=True, slots=True)
class Row:
    """A record of みほん県 as its table has it, with the figures of its years."""

    section: str
    state: str
    public: bool
    values: Mapping[str, str]
    years: Mapping[int, Mapping[str, str]]

    @property
    def known(self) -> bool:
        """Whether all that it tells had happened, or was planned, when the registers were taken over."""
        return self.state == "planned" or not any(
            TAKEN_OVER.isoformat() < day < ADDED.isoformat() for day in self.values.values() if _is_day(day)
        )

    @property
    def is_planned(self) -> bool:
        """A procedure that went online after the registers were taken over."""
        return self.values.get("online") == "yes" and not self.known

    @property
    def before(self) -> Row:
        """As it was when the registers were taken over."""
        if not self.is_planned:
            return self
        values = {
            code: text for code, text in self.values.items() if code not in ("online_since", "reviewed_on")
        }
        values["online"] = "planned"
        if values.get("analog_review") == "done":
            values["analog_review"] = "working"
        return replace(self, values=values)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def tables() -> Iterator[tuple[str, list[Row]]]:
    """(kind, its rows)."""
    for table in tomllib.loads(TABLE.read_text(encoding="utf-8"))["ledgers"]:
        columns = [name.strip() for name in table["columns"].split("|")]
        lines = [line.split("|") for line in table["rows"].strip().splitlines()]
        yield table["code"], [_row(columns, [cell.strip() for cell in line]) for line in lines]


def _row(columns: list[str], cells: list[str]) -> Row:
    values, years = {}, {}
    own = {"section": "", "state": "", "public": ""}
    for column, cell in zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True):
        codes, _, year = column.partition("@")
        if column in own:
            own[column] = cell
        elif year and cell:
            pairs = zip(codes.split(","), cell.split(","), strict=True)
            years[int(year)] = {code: value for code, value in pairs if value}
        elif cell:
            values[codes.removesuffix("=")] = cell
    return Row(own["section"], own["state"], own["public"] != "no", values, years)


def tell_last_year(crew: Crew, story: Story) -> None:
    """The twelve ledgers of みほん県: opened by the office, filled by the sections in charge.

    They were taken over before the results of 令和7年度 were asked for, so that these can be counted.
    """
    if installed():
        story.on(TAKEN_OVER, lambda: Keeping(crew["jimukyoku"]).take_over(), hour=14)


def tell(crew: Crew, story: Story) -> None:
    """What came in the months after, added in autumn."""
    if installed():
        story.on(ADDED, lambda: Keeping(crew["jimukyoku"]).add(), hour=14)


class Keeping:
    """The registers, kept by a clerk of each section."""

    def __init__(self, office: User) -> None:
        self.office, self.organisation = office, org.organisation_of(office)
        tree = org.tree_of(self.organisation)
        self.sections: dict[str, tuple[Department, User]] = {
            branch.department.name: (branch.department, office)
            for top in tree.branches()
            for branch in top.walk()
        }

    def take_over(self) -> None:
        from kaikaku.ledgers import services

        for code, rows in tables():
            ledger = _opened(self.organisation, code, self.office)
            first = FIRST.get(code, FIRST_YEAR)
            services.set_coverage(ledger=ledger, first=first, last=None, by=self.office)
            self._write(ledger, [row.before for row in rows if row.known or row.is_planned])

    def add(self) -> None:
        from kaikaku.ledgers import services
        from kaikaku.ledgers.queries.measured import ledgers_in_use

        opened = {ledger.code: ledger for ledger in ledgers_in_use(self.organisation)}
        planned = []
        for code, rows in tables():
            ledger = opened[code]
            self._write(ledger, [row for row in rows if not row.known and not row.is_planned])
            by_title = {row.values[ledger.kind.title]: row for row in rows if row.is_planned}
            found = ledger.records.filter(title__in=list(by_title)).select_related("ledger").order_by("pk")
            planned += [(record, by_title[record.title]) for record in found]
        for record, row in planned:
            department, clerk = self._section(row.section)
            services.revise_record(record=record, fields=_fields(row, department), version=1, by=clerk)

    def _section(self, name: str) -> tuple[Department, User]:
        department, clerk = self.sections[name]
        if clerk == self.office:
            clerk = org.holders_of([department.pk], Role.CLERK).first() or self.office
            self.sections[name] = department, clerk
        return department, clerk

    def _write(self, ledger: Ledger, rows: Sequence[Row]) -> list[Record]:
        from kaikaku.ledgers import services

        made: list[Record] = []
        for section in dict.fromkeys(row.section for row in rows):
            department, clerk = self._section(section)
            mine = [_fields(row, department) for row in rows if row.section == section]
            made += services.write_records(ledger=ledger, records=mine, by=clerk)
        return made


def _fields(row: Row, department: Department) -> RecordFields:
    from kaikaku.ledgers.entries import RecordFields

    return RecordFields(
        department=department, state=row.state, public=row.public, values=row.values, years=row.years
    )
