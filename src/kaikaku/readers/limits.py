"""How much one file may ask of the machine, checked before the costly step and never after it.

The figures keep a read below 1 GB of memory; a plan of 300 pages or a book of 50 sheets is far inside them.
"""

from __future__ import annotations

from typing import Final

from kaikaku.readers.errors import Unreadable

MEGABYTE: Final = 1024 * 1024

MAX_BYTES: Final = 50 * MEGABYTE
MAX_PDF_BYTES: Final = 100 * MEGABYTE
MAX_HTML_BYTES: Final = 20 * MEGABYTE

MAX_LINES: Final = 200_000  # a Line with its spans takes about 600 bytes
MAX_CELLS: Final = 400_000  # a Cell with its place takes about 400 bytes
MAX_CELL_CHARACTERS: Final = 100_000  # Excel's own limit is 32,767
MAX_LINE_CHARACTERS: Final = 1_000_000  # of a CSV file
MAX_CHARACTERS: Final = 30_000_000  # in all that is kept of one file
MAX_PAGES: Final = 3_000
MAX_PDF_CHARACTERS: Final = 5_000_000  # about 3,000 full pages
MAX_PAGE_CHARACTERS: Final = 100_000
MAX_TAGS: Final = 1_500_000  # a parsed tag takes up to 300 bytes
MAX_ARCHIVE_ENTRIES: Final = 10_000
MAX_PART_BYTES: Final = 64 * MEGABYTE  # one unpacked XML part of a workbook or a Word file
MAX_PACKING_RATIO: Final = 250  # an honest sheet packs 10 to 60 times, zeros a thousand times
RATIO_MATTERS_FROM: Final = 4 * MEGABYTE


def check_bytes(size: int, limit: int, *, name: str) -> None:
    """Refuse a file larger than `limit` bytes."""
    if size > limit:
        raise Unreadable(
            "too_large",
            f"「{name}」は{size / MEGABYTE:,.1f}MBあり、"
            f"読み取れる大きさ（{limit // MEGABYTE}MB）を超えています。"
            "画像を除くか、必要な部分だけを別のファイルに保存してから、もう一度指定してください。",
            name=name,
            size=size,
            limit=limit,
        )


def check_tags(count: int, *, name: str) -> None:
    """Refuse markup with more tags than a tree of them could be held in memory."""
    if count > MAX_TAGS:
        raise Unreadable(
            "too_many_tags",
            f"「{name}」の要素が{count:,}個あり、読み取れる数（{MAX_TAGS:,}個）を超えています。"
            "必要な部分だけを別のファイルに保存してから、もう一度指定してください。",
            name=name,
            count=count,
            limit=MAX_TAGS,
        )


def check_count(count: int, limit: int, *, name: str, what: str, unit: str) -> None:
    """Refuse a file with more lines, cells or pages (`what`, counted in `unit`) than `limit`."""
    if count > limit:
        raise Unreadable(
            "too_long",
            f"「{name}」の{what}が多すぎます（上限は{limit:,}{unit}です）。"
            "必要な部分だけを別のファイルに保存してから、もう一度指定してください。",
            name=name,
            limit=limit,
        )


def check_part(size: int, packed: int, *, name: str, part: str) -> None:
    """Refuse a part of a zipped document that would unpack to too much (a zip bomb among them)."""
    bomb = size > RATIO_MATTERS_FROM and size > packed * MAX_PACKING_RATIO
    if bomb or size > MAX_PART_BYTES:
        raise Unreadable(
            "unpacks_too_large",
            f"「{name}」は、展開すると中の「{part}」が{size / MEGABYTE:,.0f}MBになり、"
            f"安全に読み取れる大きさを超えています（上限は{MAX_PART_BYTES // MEGABYTE}MBです）。"
            "使っていない行やシートを削除して保存し直してから、もう一度指定してください。",
            name=name,
            part=part,
            size=size,
            limit=MAX_PART_BYTES,
        )
