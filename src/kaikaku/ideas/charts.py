"""Pictures of ideas: bars of an axis, the timeline of a campaign. Strings of SVG, each beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_date
from kaikaku.writers.chart_parts import label, shorten, svg, text_width

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Milestone
    from kaikaku.ideas.statistics import Table

WIDTH, ROW, BAR = 480, 30, 18
NAMES = 170
_FILL, _RULE = "#0066be", "#767676"


def bars(table: Table) -> str:
    """The counts of one axis as bars; hidden ones are told as hidden and have none. "" for nothing."""
    if not any(count for _, count in table.rows):
        return ""
    shares = table.shares or ("",) * len(table.rows)
    told = [_told(count, part) for (_, count), part in zip(table.rows, shares, strict=True)]
    largest = max(count or 0 for _, count in table.rows)
    room = WIDTH - NAMES - 12 - max(text_width(words) for words in told)
    body, at = [], 4
    for (value, count), words in zip(table.rows, told, strict=True):
        name = shorten(value, NAMES - 10)
        body.append(label(name, NAMES - 8, at + 14, kind="ink", anchor="end", bold=False))
        width = room * (count or 0) / largest
        if count:
            body.append(f'<rect x="{NAMES}" y="{at}" width="{width:.1f}" height="{BAR}" fill="{_FILL}"/>')
        body.append(label(words, NAMES + width + 6, at + 14, kind="ink", bold=False))
        at += ROW
    words = "、".join(f"{value} {said}" for (value, _), said in zip(table.rows, told, strict=True))
    name = f"{table.label}別の提案件数"
    return svg(name=name, words=f"{words}。", width=WIDTH, height=at, body=body, kind="bars")


def _told(count: int | None, share: str) -> str:
    if count is None:
        return "非表示"
    return f"{count:,}件（{share}%）" if share else f"{count:,}件"


def timeline(campaign: Campaign, milestones: Sequence[Milestone], *, on: date) -> str:
    """The window and the days of a campaign along a line; today where it falls inside. "" without days."""
    days = [
        campaign.opens_on,
        campaign.closes_on,
        *(m.first for m in milestones),
        *(m.last for m in milestones),
    ]
    first, last = min(days), max(days)
    if not milestones or first == last:
        return ""
    span = (last - first).days
    left, right = 10.0, WIDTH - 10.0

    def x(day: date) -> float:
        return left + (right - left) * (day - first).days / span

    top = 46
    opens, closes = x(campaign.opens_on), x(campaign.closes_on)
    window = f'x="{opens:.1f}" width="{max(closes - opens, 2):.1f}" y="{top - 7}" height="14"'
    body = [
        f'<path d="M{left} {top}H{right}" stroke="{_RULE}" stroke-width="2" fill="none"/>',
        f'<rect {window} fill="{_FILL}"/>',
        label("募集期間", min(opens, WIDTH - 70), top - 14, kind="ink"),
    ]
    body += [_tick(x(month), month, top) for month in _months(first, last)]
    for n, one in enumerate(milestones, 1):
        middle = (x(one.first) + x(one.last)) / 2
        fill = "#fff" if one.last >= on else _FILL
        body.append(
            f'<circle cx="{middle:.1f}" cy="{top}" r="6" fill="{fill}" stroke="{_FILL}" stroke-width="2.5"/>'
        )
        place = min(max(middle, 12), WIDTH - 12)
        body.append(label(f"{n}", place, top + 26 + 16 * (n % 2), kind="ink", anchor="middle"))
    if first <= on <= last:
        body.append(f'<path d="M{x(on):.1f} {top - 12}V{top + 12}" stroke="#c74700" stroke-width="2"/>')
        body.append(label("今日", min(x(on), WIDTH - 32), 14, kind="target"))
    told = "。".join(f"{n} {show_date(m.first)} {m.title}" for n, m in enumerate(milestones, 1))
    words = f"募集期間 {show_date(campaign.opens_on)}から{show_date(campaign.closes_on)}。{told}。"
    return svg(
        name=f"{campaign.title}の予定",
        words=words,
        width=WIDTH,
        height=top + 74,
        body=body,
        kind="timeline",
    )


def _months(first: date, last: date) -> list[date]:
    """The first days of the months within, at most some ten of them."""
    found, day = [], first.replace(day=1)
    while day <= last:
        if day > first:
            found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(found) // 8) or 1
    return found[::step]


def _tick(x: float, day: date, top: int) -> str:
    mark = f'<path d="M{x:.1f} {top + 50}v-6" stroke="{_RULE}"/>'
    name = f"{day.year}年{day.month}月" if day.month == 1 else f"{day.month}月"
    return mark + label(name, min(max(x, 24), WIDTH - 30), top + 66, kind="quiet", anchor="middle")
