"""Who does what with a sheet in みほん県: each step by the person whose turn it is, through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.cli.demo.accounts import Account
from kaikaku.core.checks import Level, finding_from_json
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import State
from kaikaku.org import queries as org
from kaikaku.reporting import queries
from kaikaku.reporting import services as reporting
from kaikaku.reporting.entries import FigureEntry, PartEntry, RoundFields, SheetEntry

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition
    from kaikaku.reporting.models import Round, Sheet

# the step that takes a sheet out of a state
APPROVAL: Mapping[State, Callable[..., Sheet]] = {
    State.SUBMITTED: reporting.confirm,
    State.CHIEF_CONFIRMED: reporting.bundle,
    State.BUNDLED: reporting.accept,
}


COUNTED_ANEW = "提出の後に台帳の記録が加わり、計算した値が変わりました。変化の理由を書いてください。"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a department writes: texts asked once, those of the initiative that it mainly reports on, those
    of others by words of their titles, and figures by the name of the indicator. `typed` are indicators that
    it types though they are bound to records, with the reason.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    mainly: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, FigureEntry] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    def of(self, initiative: str) -> Mapping[str, str]:
        return next((told for name, told in self.others.items() if name in initiative), self.mainly)


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a section answers where a check asks for a reason: of an indicator by check, else by check."""

    by_check: Mapping[str, str]
    by_indicator: Mapping[str, Mapping[str, str]]

    def of(self, indicator: str, check: str) -> str:
        return self.by_indicator.get(indicator, {}).get(check) or self.by_check[check]


class Crew:
    """The people of the sample; an account that a visitor can sign in with goes before the other holders."""

    def __init__(self, accounts: Iterable[Account], reasons: Reasons) -> None:
        users = (org.user_by_name(account.username) for account in accounts)
        self._known: dict[int, User] = {user.pk: user for user in users if user is not None}
        self._by_name = {user.username: user for user in self._known.values()}
        self._turns: dict[tuple[int, str], User] = {}
        self._reasons = reasons

    def __getitem__(self, username: str) -> User:
        return self._by_name[username]

    def turn_of(self, sheet: Sheet) -> User:
        """Who is to take the next step with the sheet."""
        turn = (sheet.department_id, sheet.state)
        if turn not in self._turns:
            people = queries.people_to_move([sheet])[sheet.pk]
            chosen = next((user for user in people if user.username in self._by_name), people[0])
            self._turns[turn] = self._known.setdefault(chosen.pk, chosen)
        return self._turns[turn]

    def fill(self, sheet: Sheet, reply: Reply) -> Sheet:
        """The clerk writes the reply into the sheet; what it does not mention stays as it is."""
        computed = queries.bound_rows(sheet) if reply.typed else set()
        for row in queries.rows_of(sheet) if computed else ():
            if row.pk in computed and row.indicator.name in reply.typed:
                reason = reply.typed[row.indicator.name]
                reporting.set_aside(sheet=sheet, row=row, reason=reason, by=self.turn_of(sheet))
                sheet.refresh_from_db()
        figures = {
            row.pk: replace(typed, external_factor=typed.external_factor or row.external_factor)
            for row in queries.rows_of(sheet)
            if (typed := reply.figures.get(row.indicator.name)) is not None
        }
        parts = {row.pk: PartEntry(reply.of(str(row.section))) for row in queries.parts_of(sheet)}
        entry = SheetEntry(texts=reply.texts, figures=figures, parts=parts)
        return reporting.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=self.turn_of(sheet))

    def submit(self, sheet: Sheet) -> Sheet:
        """The clerk sends the sheet on, with a reason for every warning."""
        answers: dict[int, dict[str, str]] = {}
        for row in queries.rows_of(sheet):
            found = [one for one in map(finding_from_json, row.findings) if one.level is Level.REASON]
            asked = [one.check for one in found if not row.explanations.get(one.check)]
            answers[row.pk] = {check: self._reasons.of(row.indicator.name, check) for check in asked}
        return reporting.submit_sheet(sheet=sheet, by=self.turn_of(sheet), explanations=answers)

    def approve(self, sheet: Sheet) -> Sheet:
        """The next approver lets the sheet pass; what records say otherwise by now is counted anew first."""
        pass_on, by = APPROVAL[State(sheet.state)], self.turn_of(sheet)
        try:
            return pass_on(sheet=sheet, by=by)
        except RuleViolation as refused:
            if refused.code != "reporting.records_changed":
                raise
        return pass_on(sheet=self._counted_anew(sheet, by), by=by)

    def _counted_anew(self, sheet: Sheet, by: User) -> Sheet:
        """As the records say now; where that wants a reason, the clerk has the sheet back and writes it."""
        try:
            return reporting.recompute(sheet=sheet, by=by)
        except RuleViolation as refused:
            if refused.code != "reporting.unexplained":
                raise
        back = reporting.return_sheet(sheet=sheet, reason=COUNTED_ANEW, by=by)
        return self.submit(reporting.recompute(sheet=back, by=self.turn_of(back)))

    def send_back(self, sheet: Sheet, reason: str) -> Sheet:
        return reporting.return_sheet(sheet=sheet, reason=reason, by=self.turn_of(sheet))


class Desk:
    """A round and its sheets by the name of the section, as they stand after each step."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.sheets: dict[str, Sheet] = {}
        self._round: Round | None = None

    @property
    def round(self) -> Round:
        assert self._round is not None  # told before it was opened
        return self._round

    def open(self, edition: Edition, fields: RoundFields) -> None:
        """The office sends the round out."""
        self.take(reporting.open_round(edition=edition, fields=fields, by=self.crew["jimukyoku"]))

    def take(self, round_: Round) -> None:
        """A round that is open already."""
        self._round = round_
        self.sheets = {row.department: row.sheet for row in queries.board(round_).rows}

    def fill(self, section: str, reply: Reply) -> None:
        self.sheets[section] = self.crew.fill(self.sheets[section], reply)

    def reply(self, section: str, reply: Reply) -> None:
        self.fill(section, reply)
        self.submit(section)

    def submit(self, section: str) -> None:
        self.sheets[section] = self.crew.submit(self.sheets[section])

    def approve(self, section: str) -> None:
        self.sheets[section] = self.crew.approve(self.sheets[section])

    def send_back(self, section: str, reason: str) -> None:
        self.sheets[section] = self.crew.send_back(self.sheets[section], reason)

    def extend(self, section: str, due: date, reason: str) -> None:
        """The office makes an exception to the deadline."""
        sheet, office = self.sheets[section], self.crew["jimukyoku"]
        extension = reporting.extend_deadline(sheet=sheet, due=due, reason=reason, by=office)
        self.sheets[section] = extension.sheet

    def remind(self) -> None:
        """The office writes to everyone who is late."""
        reporting.remind_late(round_=self.round, by=self.crew["jimukyoku"])

    def answer_none(self, section: str, reason: str) -> None:
        sheet = self.sheets[section]
        by = self.crew.turn_of(sheet)
        self.sheets[section] = reporting.answer_none(sheet=sheet, reason=reason, by=by)

    def attach(self, section: str) -> None:
        """The clerk keeps the table with the sheet from which the figures were taken."""
        sheet = self.sheets[section]
        rows = queries.rows_of(sheet)
        lines = ["項目,値", *(f"{row.indicator.name},{row.shown or row.text}" for row in rows)]
        reporting.add_evidence(
            sheet=sheet,
            name=f"{section}_集計表.csv",
            data="\r\n".join(lines).encode("utf-8-sig"),
            media_type="text/csv",
            by=self.crew.turn_of(sheet),
        )

    def say(self, section: str, who: str, text: str) -> None:
        """Somebody writes beside the first figure of the sheet."""
        sheet = self.sheets[section]
        [first, *_] = queries.rows_of(sheet)
        reporting.comment(sheet=sheet, text=text, by=self.crew[who], indicator=first.indicator)
