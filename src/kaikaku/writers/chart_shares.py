"""The shares of the grades: a bar per pillar, the whole last."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import escape

from kaikaku.writers.chart_parts import label, shorten, svg, text_width
from kaikaku.writers.dataset import Band, Tally, TallyRow

WIDTH, BAR, ROW = 480, 26, 60
# slot: fill, edge, ink. Dark, light, hatched, dark and crossed, open: five grades also in black and white
_LOOK = {
    1: ("#197a4b", "#197a4b", "#fff"),
    2: ("#cfe6fa", "#0066be", "#003a6b"),
    3: ("#ffe3d0", "#c74700", "#7a2b00"),
    4: ("#ce0000", "#ce0000", "#fff"),
    0: ("#fff", "#666666", "#333333"),
}
_TEXTURES = (
    '<defs><pattern id="{key}3" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path d="M0 7 7 0" stroke="#c74700" stroke-width="1.1" stroke-opacity=".6"/></pattern>'
    '<pattern id="{key}4" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path d="M0 0 6 6" stroke="#7d0000" stroke-width="1.6"/></pattern></defs>'
)


@lru_cache(maxsize=256)
def draw_shares(tally: Tally, bands: tuple[Band, ...]) -> str:
    """The bars of one year's summary table; "" where nothing was counted."""
    rows = [row for row in tally.rows if row.total]
    columns = bands or tuple(Band(c, c, None, slot=min(n, 4)) for n, c in enumerate(tally.columns, 1))
    if not rows:
        return ""
    words = "。".join(_told(row, columns) for row in rows) + "。"
    key = f"texture{zlib.crc32(words.encode()):08x}-"
    body, at = [_TEXTURES.format(key=key), *_legend(columns, key)], 40
    for row in rows:
        body += _bar(row, columns, top=at, key=key)
        at += ROW
    return svg(name="評価ごとの指標の割合", words=words, width=WIDTH, height=at + 2, body=body, kind="shares")


def _legend(columns: Sequence[Band], key: str) -> list[str]:
    parts, x = [], 2.0
    for band in columns:
        word = _name(band)
        parts += [_block(band.slot, (x, 4, 16, 16), key=key), label(word, x + 21, 17, kind="ink", bold=False)]
        x += 21 + text_width(word) + 14
    return parts


def _name(band: Band) -> str:
    return f"{band.code} {band.label}" if band.measurable and band.code != band.label else band.label


def _bar(row: TallyRow, columns: Sequence[Band], *, top: float, key: str) -> list[str]:
    total = f"{row.total:,}指標"
    title = f"{row.number}　{row.label}" if row.number else row.label
    room = WIDTH - text_width(total) - 16
    parts = [
        label(shorten(title, room), 2, top + 12, kind="ink", bold=row.section is None),
        label(total, WIDTH - 2, top + 12, kind="ink", anchor="end", bold=False),
    ]
    x = 2.0
    for band, count in zip(columns, row.counts, strict=True):
        width = (WIDTH - 4) * count / row.total
        if count:
            parts += [
                _block(band.slot, (x, top + 20, width, BAR), key=key),
                _count(band, count, middle=x + width / 2, y=top + 38, width=width),
            ]
        x += width
    return parts


def _block(slot: int, place: tuple[float, float, float, float], *, key: str) -> str:
    x, y, width, height = place
    fill, edge, _ = _LOOK[slot]
    wide = max(width - 1.5, 0.5)
    where = f'x="{x + 0.75:.2f}" y="{y + 0.75:.2f}" width="{wide:.2f}" height="{height - 1.5:.2f}"'
    dashes = ' stroke-dasharray="3 2"' if slot == 0 else ""
    plain = f'<rect class="share-{slot}" {where} fill="{fill}" stroke="{edge}" stroke-width="1.2"{dashes}/>'
    return plain + (f'<rect {where} fill="url(#{key}{slot})"/>' if slot in (3, 4) else "")


def _count(band: Band, count: int, *, middle: float, y: float, width: float) -> str:
    letter = f"{band.code} " if band.measurable and len(band.code) <= 2 else ""
    text = next((t for t in (f"{letter}{count}", str(count)) if text_width(t) + 6 <= width), "")
    if not text:
        return ""
    ink = _LOOK[band.slot][2]
    rim = "#ce0000" if band.slot == 4 else "#fff" if band.slot == 3 else ""
    edge = f' stroke="{rim}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"' if rim else ""
    place = f'x="{middle:.1f}" y="{y:.1f}" text-anchor="middle"'
    return f'<text {place} fill="{ink}" font-weight="700"{edge}>{escape(text)}</text>'


def _told(row: TallyRow, columns: Sequence[Band]) -> str:
    shares = [f"（{share}%）" for share in row.shares] or [""] * len(row.counts)
    counts = "、".join(
        f"{_name(band)} {count}指標{share}"
        for band, count, share in zip(columns, row.counts, shares, strict=True)
        if count
    )
    return f"{row.label}は{row.total}指標のうち、{counts}"
