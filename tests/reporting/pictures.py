"""Pictures of rounds and sheets, for the manual."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from playwright.sync_api import Page as Tab

from kaikaku.cli.demo.mihon import REPORTED
from kaikaku.org.roles import Role
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import FigureEntry, SheetEntry
from tests.manual.pictures import Picture, tagged
from tests.manual.world import NEXT, World

WAITING, BEGUN = "財産活用課", "人事課"
HOURS, TO_BIND = "業務改革による削減時間", "NPOとの協働事業の数"
SLIP, MEANT = 293_000_000, 2_930_000_000


def fill(world: World) -> str:
    return world.at("reporting:fill", world.sheet("税務課").pk)


def write_first(tab: Tab, world: World) -> None:
    """Somebody else saves another value while the form is open."""
    sheet = world.sheet(BEGUN)
    row = queries.rows_of(sheet)[0]
    first = world.holder(BEGUN, Role.CLERK)
    other = next(user for user in queries.people_to_move([sheet])[sheet.pk] if user != first)
    typed = FigureEntry(text="93.5", status="projected")
    services.save_sheet(
        sheet=sheet, entry=SheetEntry(figures={row.pk: typed}), version=sheet.version, by=other
    )
    tab.locator(f"[name=figure-{row.pk}-text]").fill("92.1")
    tab.get_by_role("button", name="保存する", exact=True).click()
    tab.locator(".conflict-sides").first.wait_for()


def bring_back(tab: Tab, world: World) -> None:
    """Change a value in the workbook as Excel would, and have it read."""
    link = tab.get_by_role("link", name="様式（Excel）を受け取る").get_attribute("href") or ""
    book = openpyxl.load_workbook(BytesIO(tab.request.get(link).body()))
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == SLIP:
                    cell.value = MEANT
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    tab.locator("input[type=file]").set_input_files(
        {"name": "税務課.xlsx", "mimeType": kind, "buffer": out.getvalue()}
    )
    tab.locator("main form button[type=submit]").last.click()
    tab.locator("table.cells").wait_for()


PICTURES = (
    Picture(
        "reporting/tasks",
        "tanto",
        lambda world: "/reports/",
        crop=(".page-title", "main > .flow > :nth-child(-n+2)"),
    ),
    Picture(
        "reporting/figure",
        "tanto",
        fill,
        crop=("[data-picture]",),
        marks=(
            "[data-picture] .figure-fields > .field input",
            "[data-picture] .figure-pair > :nth-child(1) select",
            "[data-picture] .figure-pair > :nth-child(2) select",
            "[data-picture] .working",
        ),
        steps=tagged(lambda tab: tab.locator(".figure-card").first),
    ),
    Picture(
        "reporting/warning",
        "tanto",
        fill,
        crop=("[data-picture]",),
        steps=tagged(lambda tab: tab.locator(".figure-card .message-warning").first),
        width=900,
    ),
    Picture(
        "reporting/submit",
        "tanto",
        lambda world: world.at("reporting:submit", world.sheet("税務課").pk),
        crop=(".page-title", "main > .flow > .table-region", "form section .message:nth-of-type(1)"),
    ),
    Picture(
        "reporting/approvals",
        "honbuin",
        lambda world: "/reports/approvals/",
        crop=(".sheet-card:nth-of-type(2)", ".sheet-card:nth-of-type(3)"),
    ),
    Picture(
        "reporting/return",
        lambda world: world.holder(WAITING, Role.CHIEF),
        lambda world: world.at("reporting:return_sheet", world.sheet(WAITING).pk),
        crop=(".page-title", ".form"),
        width=720,
    ),
    Picture(
        "reporting/open-round",
        "jimukyoku",
        lambda world: world.at("reporting:open_round", world.edition(NEXT).pk, "one_off", NEXT),
        crop=(".page-title", ".stats", "main .message", "main details"),
    ),
    Picture(
        "reporting/board",
        "jimukyoku",
        lambda world: world.at("reporting:round", world.round().pk),
        crop=(".page-head", ".facts", ".progress", ".board thead", ".board tbody tr:nth-child(-n+9)"),
        marks=(".board td:has(.due-late)", ".page-actions .primary", ".board button"),
        width=1180,
    ),
    Picture(
        "reporting/workbook",
        "tanto",
        lambda world: world.at("reporting:sheet_workbook", world.sheet("税務課").pk),
        crop=(".page-title", "main > .flow > section"),
        width=860,
    ),
    Picture(
        "reporting/workbook-review",
        "tanto",
        lambda world: world.at("reporting:sheet_workbook", world.sheet("税務課").pk),
        crop=(".page-head", "table.cells"),
        steps=bring_back,
        changes=True,
    ),
    Picture(
        "reporting/conflict",
        lambda world: world.holder(BEGUN, Role.CLERK),
        lambda world: world.at("reporting:fill", world.sheet(BEGUN).pk),
        crop=(".page-title", "main > .flow > .message", ".form"),
        steps=write_first,
        changes=True,
    ),
    Picture(
        "reporting/bound-choose",
        "jimukyoku",
        lambda world: world.at("reporting:choose_metric", world.indicator(TO_BIND, NEXT).pk) + "?q=協定",
        crop=(".page-title", "main form.filter", "main [role=status]", "main section.flow"),
        width=900,
    ),
    Picture(
        "reporting/bound-years",
        "jimukyoku",
        lambda world: world.at("reporting:binding", world.indicator(HOURS).pk),
        crop=(".page-title", ".lead", "main .table-region"),
        width=1180,
    ),
    Picture(
        "reporting/bound-since",
        "jimukyoku",
        lambda world: world.at("reporting:bound_year", world.indicator(HOURS).pk, REPORTED),
        crop=(".page-title", "main .stats", "section[aria-labelledby=since-h]"),
        marks=("main .message .button",),
        width=1000,
    ),
)
