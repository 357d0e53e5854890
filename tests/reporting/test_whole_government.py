"""200 sections × 57 indicators: as many queries as for two sections with three, on every page of the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kaikaku.audit.services import verify
from kaikaku.org.models import Department, Organisation, User
from kaikaku.plans import services as plans
from kaikaku.plans.entries import (
    EditionFields,
    FilledIndicator,
    FilledSection,
    Filling,
    IndicatorFields,
    SectionFields,
)
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import RoundFields
from kaikaku.reporting.models import Round, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.queries import AT_ONCE
from tests.cast import OPENED, Cast
from tests.pages import Page
from tests.reporting.conftest import DATES, YEAR
from tests.reporting.workbooks import all_of, changed, made, put

pytestmark = pytest.mark.slow


def government(cast: Cast, name: str, *, sections: int, indicators: int) -> Edition:
    """So many sections, each of a department of its own below 総務部, each with so many indicators."""
    organisation: Organisation = cast.sakura
    made = Department.objects.bulk_create(
        Department(organisation=organisation, parent=cast.somu, name=f"{name}{n}課", opened=OPENED)
        for n in range(sections)
    )
    filling = Filling(
        sections=tuple(FilledSection(SectionFields(f"取組{n}", owner=d)) for n, d in enumerate(made)),
        indicators=tuple(
            FilledIndicator(IndicatorFields(f"指標{n}-{m}", unit="件"), section=n)
            for n in range(sections)
            for m in range(indicators)
        ),
    )
    plan = plans.create_plan(organisation=organisation, name=name, by=None)
    edition = plans.create_edition(plan=plan, fields=EditionFields(name, YEAR), by=None)
    plans.build_edition(edition=edition, filling=filling, by=None)
    return edition


def submitted(edition: Edition) -> Round:
    """A round all of whose sheets wait for the office, filled in."""
    opened = services.open_round(
        edition=edition, fields=RoundFields(YEAR, "annual", str(edition), DATES), by=None
    )
    Sheet.objects.filter(round=opened).update(state="bundled")
    SheetFigure.objects.filter(sheet__round=opened).update(text="12件", value=12, shown="12件")
    SheetPart.objects.filter(sheet__round=opened).update(texts={"done": "行った。"})
    return opened


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def counted(count_queries: Callable[[], Any], run: Callable[[], object]) -> int:
    run()
    with count_queries() as asked:
        run()
    return len(asked)


def test_a_whole_government_costs_as_many_queries_as_two_sections(
    cast: Cast, page: Page, count_queries: Callable[[], Any]
) -> None:
    office = cast.takahashi
    costs = []
    for name, sections, indicators in (("小さい", 2, 3), ("大きい", 200, 57)):
        edition = government(cast, name, sections=sections, indicators=indicators)
        with count_queries() as opening:
            round_ = submitted(edition)
        sheet = round_.sheets.order_by("pk")[0]
        base = f"/reports/rounds/{round_.pk}/"
        address = f"/reports/sheets/{sheet.pk}/"
        costs.append(
            {
                "board": counted(count_queries, lambda r=round_: queries.board(r)),
                "board page": counted(count_queries, lambda a=base: page.get(a, as_=office)),
                "sheet": counted(
                    count_queries, lambda s=sheet: queries.sheet_page(office, queries.sheet_for(office, s.pk))
                ),
                "sheet page": counted(count_queries, lambda a=address: page.get(a, as_=office)),
                "print": counted(count_queries, lambda a=address: page.get(f"{a}print/", as_=office)),
                "approvals": counted(count_queries, lambda: queries.approvals_for(fresh(office))),
                "approvals page": counted(count_queries, lambda: page.get("/reports/approvals/", as_=office)),
                "orphans": counted(count_queries, lambda: queries.orphans_for(fresh(office))),
                "tasks": counted(count_queries, lambda: queries.tasks_for(fresh(office))),
            }
        )
        # in batches: the number of statements grows by one for so many rows, never one by one
        assert len(opening) < 60
    assert round_.sheets.count() == 200
    assert SheetFigure.objects.filter(sheet__round=round_).count() == 200 * 57
    assert costs[0] == costs[1]


def test_approvals_come_so_many_on_a_page_as_one_approves_at_once(cast: Cast, page: Page) -> None:
    submitted(government(cast, "中ほど", sections=AT_ONCE + 3, indicators=1))
    first, second = (queries.approvals_for(fresh(cast.takahashi), page=n) for n in (1, 2))
    assert (len(first.waiting), len(second.waiting), first.total) == (AT_ONCE, 3, AT_ONCE + 3)
    assert not {w.sheet for w in first.waiting} & {w.sheet for w in second.waiting}
    shown = page.get("/reports/approvals/?page=2", as_=cast.takahashi)
    assert shown.says(f"{AT_ONCE + 3}件の調書が")
    assert page.get("/reports/approvals/?page=99").says("2／2ページ")


def test_a_workbook_of_many_sections_goes_in_with_as_many_queries_as_one_of_two(
    cast: Cast, count_queries: Callable[[], Any]
) -> None:
    costs = []
    for name, sections, indicators in (("小さい", 2, 3), ("大きい", 12, 5)):
        edition = government(cast, name, sections=sections, indicators=indicators)
        fields = RoundFields(YEAR, "annual", name, DATES)
        round_ = services.open_round(edition=edition, fields=fields, by=None)
        rows = sections * indicators
        edits = [put("実績値", 10 + n, row=2 + n) for n in range(rows)]
        data = changed(made(round_, cast.takahashi), all_of(*edits))
        office = fresh(cast.takahashi)
        upload = services.receive(round_=round_, name=f"{name}.xlsx", data=data, by=office)
        versions = {part.sheet_id: found.version for part, found in services.reviews_of(upload)}
        with count_queries() as asked:
            done = services.apply(upload=upload, chosen=versions, by=office)
        assert (len(done.departments), done.cells) == (sections, rows)
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert verify(cast.sakura) == []


def test_checks_are_run_before_the_lock_is_taken(cast: Cast, count_queries: Callable[[], Any]) -> None:
    edition = government(cast, "二課", sections=2, indicators=3)
    fields = RoundFields(YEAR, "annual", "照会", DATES)
    round_ = services.open_round(edition=edition, fields=fields, by=None)
    data = changed(made(round_, cast.takahashi), put("実績値", 12))
    upload = services.receive(round_=round_, name="a.xlsx", data=data, by=cast.takahashi)
    sheet = round_.sheets.order_by("department__pk")[0]
    with count_queries() as asked:
        services.apply(upload=upload, chosen={sheet.pk: sheet.version}, by=cast.takahashi)
    said = [one["sql"] for one in asked]
    begun = next(n for n, sql in enumerate(said) if sql.startswith(("SAVEPOINT", "BEGIN")))
    reads = [sql for sql in said[begun:] if sql.startswith("SELECT")]
    # the upload, the sheets, and the end of the log: all that is read while others wait
    assert [sql.partition(" FROM ")[2].split()[0].strip('"') for sql in reads] == [
        "reporting_upload",
        "reporting_sheet",
        "audit_chainhead",
    ]
