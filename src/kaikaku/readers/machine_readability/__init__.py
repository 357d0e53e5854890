"""Spreadsheets against the 行政データにおける機械可読性に関するルール (30 rules, decided 2026-03-31).

    check_file(path)          a file on disk → Report
    check_bytes(data, name)   a file that was uploaded → Report

Both raise `Unreadable` and nothing else. Of a rule that a file alone cannot settle, only what is sure is a
finding; the rest is for a person to look at and costs nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kaikaku.readers import limits, read_file
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.machine_readability.book import Book
from kaikaku.readers.machine_readability.finding import Finding
from kaikaku.readers.machine_readability.picture import Picture, pictures_of
from kaikaku.readers.machine_readability.plain_data import plain_data
from kaikaku.readers.machine_readability.report import Report, Verdict, report_on
from kaikaku.readers.machine_readability.rules import LEVELS, RULES, Rule, Severity
from kaikaku.readers.sniff import Kind, data_kind, disagreement, kind_of

__all__ = [
    "LEVELS",
    "RULES",
    "Finding",
    "Picture",
    "Report",
    "Rule",
    "Severity",
    "Verdict",
    "check_bytes",
    "check_file",
    "examine",
]


def check_file(path: Path) -> Report:
    """Check the file at `path`. Raises Unreadable where it cannot be opened, and as `check_bytes` does."""
    shown = path.name or str(path)
    return check_bytes(read_file(path, shown), shown)


def check_bytes(data: bytes, name: str) -> Report:
    """Check a file's bytes; a PDF, Word file or page breaks L1-01 and is not looked into, and of JSON and
    XML it is only seen that they are.

    Raises Unreadable for an empty or torn file, for one beyond the limits, and for a format that is neither.
    """
    return examine(data, name)[0]


def examine(data: bytes, name: str) -> tuple[Report, tuple[Picture, ...]]:
    """As `check_bytes`, with the picture of each sheet in which the findings, counted from 1, are marked."""
    if not data:
        raise Unreadable(
            "empty", f"「{name}」は空のファイル（0バイト）です。ファイルを確かめてください。", name=name
        )
    try:
        book = _book(data, name)
        report = report_on(book)
        return report, pictures_of(book, report.findings)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "unexpected",
            f"「{name}」を点検できませんでした。ファイルが壊れているか、想定していない作りになっています。"
            "元のソフトで開いて保存し直してから、もう一度指定してください。",
            name=name,
            cause=type(error).__name__,
        ) from error


def _book(data: bytes, name: str) -> Book:
    limits.check_bytes(len(data), limits.MAX_BYTES, name=name)
    data_only = data_kind(data, name=name)
    if data_only is Kind.ODS:
        from kaikaku.readers.machine_readability.from_ods import book_of_ods

        return book_of_ods(data, name=name)
    if data_only is not None:
        return plain_data(data, data_only, name=name)
    kind = kind_of(data, name=name)
    told = disagreement(name, kind)
    if kind is Kind.EXCEL:
        from kaikaku.readers.machine_readability.from_excel import book_of_excel

        return replace(book_of_excel(data, name=name), wrong_name=told)
    if kind in (Kind.CSV, Kind.TSV):
        from kaikaku.readers.machine_readability.from_csv import book_of_csv

        return book_of_csv(data, name=name, kind=kind)
    return Book(name, kind)
