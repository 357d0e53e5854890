"""A workbook that came back against what stands: which cells would change something, and which cannot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kaikaku.bpr import queries
from kaikaku.bpr.entries import StepFields
from kaikaku.bpr.models import Project
from kaikaku.bpr.services.guard import must_be_theirs
from kaikaku.bpr.workbook import (
    COLUMNS,
    DEPARTMENT,
    NUMBER,
    ORDER,
    PROJECTS,
    STEP_COLUMNS,
    VERSION,
    Column,
    shown,
)
from kaikaku.core.bpr import Work
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import department_for
from kaikaku.readers.rows import HeadedRow

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

NEW = "（新しい案件）"
BY_CODE = {column.code: column for column in (*COLUMNS, *STEP_COLUMNS)}
TIMES = ("minutes", "times", "people")


@dataclass(frozen=True, slots=True)
class CellIn:
    """A cell that would change something, or cannot. `group` keeps all cells of one project together;
    `order` is a step's place from 1 (0: of the project itself); `text` is read again when it is taken in.
    """

    group: str
    place: str
    title: str
    code: str
    label: str
    was: str
    now: str
    text: str
    project: int | None = None
    version: int | None = None
    order: int = 0
    error: str = ""


def read_cell(one: CellIn) -> Any:
    """What a cell says, as its project or step holds it."""
    if one.code == "department":
        return int(one.text)
    read = BY_CODE[one.code].read
    assert read is not None  # what is only shown never gets so far
    return read(one.text)


def merged_steps(project: Project | None, changed: Mapping[int, Mapping[str, Any]]) -> list[StepFields]:
    """The steps as they would stand: those there are with what changed, then the new ones; a step of which
    every cell was emptied is gone. Raises RuleViolation for one that is half filled in.
    """
    codes = [column.code for column in STEP_COLUMNS]
    rows: dict[int, dict[str, Any]] = {}
    for order, stands in enumerate(project.steps.all() if project is not None else (), 1):
        rows[order] = {code: getattr(stands, code) for code in codes}
    for order, values in changed.items():
        rows[order] = {**rows.get(order, dict.fromkeys(codes)), **values}
    return [step for order in sorted(rows) if (step := _step(order, rows[order])) is not None]


def _step(order: int, row: Mapping[str, Any]) -> StepFields | None:
    if all(value in (None, "") for value in row.values()):
        return None
    name = row["name"] or ""
    before, after = (_work(order, row, when) for when in ("before", "after"))
    if not name:
        raise RuleViolation("bpr.step_name", f"順番{order}：手順の名前を書いてください。")
    if before is None and after is None:
        raise RuleViolation(
            "bpr.step_empty", f"「{name}」の時間がありません。見直し前か見直し後の時間を書いてください。"
        )
    return StepFields(name, row["lane"] or "", row["lane_after"] or "", before=before, after=after)


def _work(order: int, row: Mapping[str, Any], when: str) -> Work | None:
    minutes, times, people = (row[f"{when}_{part}"] for part in TIMES)
    if minutes is None and times is None:
        return None
    if minutes is None or times is None:
        raise RuleViolation(
            "bpr.step_part", f"順番{order}：1回（分）と年間の回数は、両方を書くか、両方を空にしてください。"
        )
    return Work(minutes, times, Decimal(1) if people is None else people)


class Comparison:
    """The cells of a workbook against what stands; read once for all rows."""

    def __init__(self, organisation: Organisation, by: User) -> None:
        self.organisation, self.by = organisation, by
        self.projects = {row.pk: row for row in queries.with_steps(organisation)}
        self.names = queries.department_names(organisation)
        self.facts = {one.key: one for one in queries.facts_of_government(organisation)}
        self.refused: dict[int, str] = {}
        self.versions: dict[int, str] = {}
        self.new: dict[str, str] = {}
        self.seen: set[tuple[str, int]] = set()
        self.steps: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))

    def cells(self, rows: Iterable[HeadedRow]) -> list[CellIn]:
        found = [one for row in rows for one in self._row(row)]
        return self._checked(found)

    def _row(self, row: HeadedRow) -> Iterator[CellIn]:
        text, face = row.text(NUMBER), row.sheet == PROJECTS
        number = int(text) if text.isascii() and text.isdigit() else None
        project = self.projects.get(number) if number is not None else None
        group = text if project is not None or not face else self._begun(row, text)
        if project is None and (number is not None or (not face and text not in self.new)):
            yield self._trouble(row, NUMBER, f"案件番号「{text}」の案件は、この台帳にありません。", group)
            return
        order = 0 if face else self._order(row)
        if order is None:
            yield self._trouble(row, ORDER, "順番を 1、2、3 のように書いてください。", group)
        elif (group, order) in self.seen:
            yield self._trouble(row, NUMBER, "同じ行が2つあります。1つにしてください。", group)
        else:
            self.seen.add((group, order))
            if face and project is not None:
                self.versions[project.pk] = row.text(VERSION)
            yield from self._face(row, group, project) if face else self._step(row, group, project, order)

    def _begun(self, row: HeadedRow, text: str) -> str:
        """The name by which the steps of a new project find it."""
        self.new[text or row.place] = row.text("名称") or NEW
        return text or row.place

    def _order(self, row: HeadedRow) -> int | None:
        text = row.text(ORDER)
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 1000 else None

    def _face(self, row: HeadedRow, group: str, project: Project | None) -> Iterator[CellIn]:
        stands = queries.project_cells(project, self.names) if project else {}
        if project is None or DEPARTMENT in row.cells:
            yield from self._department(row, group, project)
        told = queries.shown_cells(self.facts[project.pk]) if project else {}
        for column in COLUMNS:
            if column.head not in row.cells:
                continue
            if column.read is None:
                if project and row.text(column.head) != shown(told[column.head]).replace(",", ""):
                    was = shown(told[column.head])
                    yield self._cell(row, column, group, project, was=was, error=column.takes)
                continue
            before = getattr(project, column.code) if project else None
            yield from self._value(row, column, group, project, before, shown(stands.get(column.head)))
        if project is None and not row.text("名称"):
            yield self._trouble(row, NUMBER, "新しい案件には、名称を書いてください。", group)

    def _department(self, row: HeadedRow, group: str, project: Project | None) -> Iterator[CellIn]:
        text = row.text(DEPARTMENT)
        column = Column(DEPARTMENT, "department", "")
        was = self.names.get(project.department_id, "") if project else ""
        if project is not None and text == was:
            return
        key = queries.department_named(self.names, text)
        if key is None:
            why = f"「{text}」という所属は、1つに決まりません。" if text else "所属を書いてください。"
            yield self._cell(row, column, group, project, was=was, error=why)
        elif project is None or key != project.department_id:
            why = self._not_theirs(key)
            yield replace(
                self._cell(row, column, group, project, was=was, now=self.names[key], error=why),
                text=str(key),
            )

    def _step(self, row: HeadedRow, group: str, project: Project | None, order: int) -> Iterator[CellIn]:
        steps = list(project.steps.all()) if project else []
        step = steps[order - 1] if order <= len(steps) else None
        for column in STEP_COLUMNS:
            if column.head in row.cells:
                before = getattr(step, column.code) if step else None
                for one in self._value(row, column, group, project, before, shown(before), order):
                    if not one.error:
                        self.steps[group][order][column.code] = read_cell(one)
                    yield one

    def _value(
        self,
        row: HeadedRow,
        column: Column,
        group: str,
        project: Project | None,
        before: Any,
        was: str,
        order: int = 0,
    ) -> Iterator[CellIn]:
        """The cell, where it says something else than what stands."""
        assert column.read is not None
        try:
            now = column.read(row.text(column.head))
        except RuleViolation as refused:
            yield self._cell(row, column, group, project, was=was, error=refused.message, order=order)
            return
        same = now == before or (before is None and now in ("", [], True, 0))
        if not same:
            empty = "必須です。" if column.code == "title" and not now else ""
            yield self._cell(row, column, group, project, was=was, now=shown(now), error=empty, order=order)

    def _cell(
        self,
        row: HeadedRow,
        column: Column,
        group: str,
        project: Project | None,
        *,
        was: str,
        now: str | None = None,
        error: str = "",
        order: int = 0,
    ) -> CellIn:
        text = row.text(column.head)
        return CellIn(
            group=group,
            place=row.cells[column.head][1] if column.head in row.cells else row.place,
            title=project.title if project else self.new.get(group, NEW),
            code=column.code,
            label=f"順番{order}：{column.head}" if order else column.head,
            was=was,
            now=text if now is None else now,
            text=text,
            project=project.pk if project else None,
            version=project.version if project else None,
            order=order,
            error=error,
        )

    def _trouble(self, row: HeadedRow, head: str, why: str, group: str) -> CellIn:
        text, place = row.cells.get(head, ("", row.place))
        return CellIn(group, place, self.new.get(group, ""), "", head, "", text, text, error=why)

    def _checked(self, cells: list[CellIn]) -> list[CellIn]:
        """With what holds of a project as a whole: whose it is, whether it stands as it was sent out, whether
        its steps make sense together; said at its first cell.
        """
        found, told = [], set()
        bad = {one.group for one in cells if one.error}
        for one in cells:
            if one.group not in bad and one.group not in told:
                told.add(one.group)
                one = replace(one, error=self._whole(one))  # noqa: PLW2901 - the cell with its trouble
            found.append(one)
        return found

    def _whole(self, one: CellIn) -> str:
        project = self.projects.get(one.project) if one.project is not None else None
        if project is not None and (why := self._not_theirs(project.department_id) or self._stale(project)):
            return why
        try:
            merged_steps(project, self.steps.get(one.group, {}))
        except RuleViolation as refused:
            return refused.message
        return ""

    def _stale(self, project: Project) -> str:
        sent = self.versions.get(project.pk)
        if sent is None:
            return f"「{PROJECTS}」のシートに、この案件の行がありません。行を戻してください。"
        if sent != str(project.version):
            return "このExcelを受け取った後に、案件が変更されています。新しいExcelで送ってください。"
        return ""

    def _not_theirs(self, key: int) -> str:
        """Why the person may not change projects of this department; asked once for each."""
        if key not in self.refused:
            try:
                must_be_theirs(department_for(self.by, key), self.by)
                self.refused[key] = ""
            except RuleViolation as refused:
                self.refused[key] = refused.message
        return self.refused[key]
