"""Documents of invented bodies, unlike the five real ones: what a careful reader finds stands beside each."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kaikaku.core.text import fold
from kaikaku.readers import open_document
from kaikaku.readers.outline import IndicatorRead, Outline, ValueRead
from kaikaku.readers.plan import read_plan

FOLDER = Path(__file__).resolve().parents[1] / "documents" / "unlike"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def wanted(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def outline(name: str) -> Outline:
    path = next(path for path in FOLDER.glob(f"{name}.*") if path.suffix != ".json")
    return read_plan(open_document(path))


def figure(value: ValueRead | None) -> list[Any] | None:
    return None if value is None else [value.value, value.fiscal_year]


def indicator(found: IndicatorRead, keys: dict[str, Any], read: Outline) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": found.name}
    for role in ("baseline", "target", "actual"):
        if role in keys:
            shown[role] = figure(getattr(found, role))
    if "section" in keys:
        shown["section"] = None if found.section is None else read.sections[found.section].number
    for key, value in (("unit", found.unit), ("direction", found.direction)):
        if key in keys:
            shown[key] = value
    if "rate" in keys:
        shown["rate"] = found.printed_rate
    if "grade" in keys:
        shown["grade"] = found.printed_grade
    return shown


def exact(indicator: dict[str, Any]) -> dict[str, Any]:
    """The expected figures as exact numbers."""
    return {
        key: [value[0] and Decimal(value[0]), value[1]] if isinstance(value, list) else value
        for key, value in indicator.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_title_body_and_years_are_read(name: str) -> None:
    expected, read = wanted(name), outline(name)
    for key in ("organisation", "fiscal_year"):
        if key in expected:
            assert getattr(read, key) == expected[key]
    if "title" in expected:
        assert fold(read.title or "") == fold(expected["title"] or "")
    if "period" in expected:
        assert read.period == tuple(expected["period"])


@pytest.mark.parametrize("name", [name for name in NAMES if "sections" in wanted(name)])
def test_sections_are_each_found_once_in_their_place(name: str) -> None:
    found = [[section.depth, section.number, fold(section.title)] for section in outline(name).sections]
    assert found == [[depth, number, fold(title)] for depth, number, title in wanted(name)["sections"]]


@pytest.mark.parametrize("name", [name for name in NAMES if "indicators" in wanted(name)])
def test_indicators_carry_values_years_units_and_printed_judgements(name: str) -> None:
    expected, read = wanted(name)["indicators"], outline(name)
    assert [found.name for found in read.indicators] == [one["name"] for one in expected]
    for found, one in zip(read.indicators, expected, strict=True):
        assert indicator(found, one, read) == exact(one)


@pytest.mark.parametrize("name", NAMES)
def test_items_notes_and_tables_are_kept(name: str) -> None:
    expected, read = wanted(name), outline(name)
    for number, items in expected.get("items", {}).items():
        section = next(section for section in read.sections if section.number == number)
        assert [[item.text, item.depth] for item in section.items] == items
    if "tables" in expected:
        assert len(read.tables) == expected["tables"]
    if "footnotes" in expected:
        assert [[note.mark, note.text] for note in read.footnotes] == expected["footnotes"]
    for title, subtitle in expected.get("subtitles", {}).items():
        assert next(s for s in read.sections if fold(s.title) == fold(title)).subtitle == subtitle
    for title, words in expected.get("text_contains", {}).items():
        assert words in "".join(next(s for s in read.sections if fold(s.title) == fold(title)).text)


@pytest.mark.parametrize("name", [name for name in NAMES if "item_counts" in wanted(name)])
def test_items_belong_to_the_year_that_their_part_tells(name: str) -> None:
    expected, read = wanted(name), outline(name)
    for year, counts in expected["item_counts"].items():
        found = {
            "/".join(one.number or "" for one in read.path(index)): sum(
                item.fiscal_year == int(year) and item.depth == 1 for item in section.items
            )
            for index, section in enumerate(read.sections)
        }
        assert {path: found[path] for path in counts} == counts
    kinds = {item.text: [item.kind, item.fiscal_year] for section in read.sections for item in section.items}
    assert {text: kinds[text] for text in expected["kinds"]} == expected["kinds"]


@pytest.mark.parametrize("name", [name for name in NAMES if "warnings" in wanted(name)])
def test_what_the_text_cannot_settle_is_warned_of(name: str) -> None:
    codes = {warning.code for warning in outline(name).warnings}
    assert set(wanted(name)["warnings"]) <= codes


@pytest.mark.parametrize("name", [name for name in NAMES if "summary" in wanted(name)])
def test_results_by_grade_are_read_with_their_rule(name: str) -> None:
    expected, summary = wanted(name)["summary"], outline(name).summaries[0]
    assert list(summary.columns) == expected["columns"]
    assert [[r.label, r.total, list(r.counts), list(r.shares)] for r in summary.rows] == expected["rows"]
    assert [[b.code, b.lower and str(b.lower)] for b in summary.legend] == expected["legend"]
    assert [[one.grade, [name.name for name in one.names]] for one in summary.lists] == expected["lists"]
    assert [[s.at_least, s.count, s.share, s.total] for s in summary.sums] == expected["sums"]
