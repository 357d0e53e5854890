"""What bpr adds to a publication, of what is public: its head, by tool, 部局 and year, its three lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaikaku.bpr import words
from kaikaku.bpr.queries.summary import Example, Summary, summary_of
from kaikaku.core.bpr import show_hours
from kaikaku.core.eras import show_fiscal_year
from kaikaku.org.queries import today
from kaikaku.writers.dataset import Chapter, PlainTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kaikaku.bpr.models import PublishedTotal
    from kaikaku.plans.models import Edition
    from kaikaku.sources.models import Citation

TITLE = "業務改革（BPR）の取組"
OVERLAP = "道具ごとの件数は、1件の業務で複数を使うことがあるため、重なりがあり、合計しません。"


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of a publication, of the projects that are for the public; None without any."""
    summary = summary_of(edition.plan.organisation, on=today(), public_only=True)
    if not (summary.register.started or summary.totals):
        return None
    told, tables = list(_told(summary)), list(_tables(summary))
    return Chapter(TITLE, tuple(told), tuple(table for table in tables if table.rows))


def _told(summary: Summary) -> Iterator[str]:
    for total in summary.totals:
        done = f"（うち完了{total.completed:,}件）" if total.completed is not None else ""
        said = [f"着手した業務が{total.started:,}件{done}"] if total.started is not None else []
        said += [f"削減時間が{_plain(total.hours)}時間"] if total.hours is not None else []
        if said:
            yield f"{_years(total)}の実績は、{'、'.join(said)}です。{total.note}{_source(total.citation)}"
    counted = summary.register
    if not counted.started:
        return
    also = "台帳にある業務のうち、" if summary.totals else ""
    yield (
        f"{also}着手した業務は{counted.started:,}件で、このうち{counted.completed:,}件が完了しました。"
        + ("同じ期間の上の実績とは足し合わせません。" if summary.totals else "")
    )
    if summary.saved.together:
        yield (
            f"確かめた効果は、これまでの累計で{show_hours(summary.saved.together, 0):,f}時間です。"
            "1件の業務の時間は、使った道具の数にかかわらず1度だけ数えています。"
            "年度の時間は使った月の分だけで、累計とは別の数です。"
        )
    if counted.tools_overlap:
        yield OVERLAP


def _tables(summary: Summary) -> Iterator[PlainTable]:
    for total in summary.totals:
        rows = tuple((name, f"{count:,}") for name, count in total.tool_rows)
        yield PlainTable(f"活用した道具（{_years(total)}）", ("道具", "件数"), rows)
    yield PlainTable(
        "使った道具（重なりがあり、合計しません）" if summary.register.tools_overlap else "使った道具",
        ("道具", "着手した件数"),
        tuple((name, f"{count:,}") for name, count in summary.tool_rows),
    )
    yield PlainTable(
        "部局ごとの件数と削減時間",
        ("部局", "着手した件数", "完了した件数", "削減時間の累計（時間）"),
        tuple(
            (
                one.name,
                f"{one.started:,}",
                f"{one.completed:,}",
                words.NONE if one.minutes is None else _hours(one.minutes),
            )
            for one in summary.divisions
        ),
    )
    yield PlainTable(
        "年度ごとの削減時間",
        ("年度", "その年度の削減時間（時間）", "件数"),
        tuple(
            (show_fiscal_year(line.fiscal_year), _hours(line.minutes), f"{line.projects:,}")
            for line in summary.saved.years
        ),
    )
    running = summary.running
    yield PlainTable(
        f"削減時間の累計（{show_fiscal_year(running[0][0])}から）" if running else "",
        ("年度末", "累計の削減時間（時間）"),
        tuple((show_fiscal_year(year), _hours(minutes)) for year, minutes in running),
    )
    yield _list("完了した業務", summary.completed)
    yield _list("着手中の業務", summary.under_way)
    yield _list("今後着手する業務", summary.to_come)


def _years(total: PublishedTotal) -> str:
    first, last = show_fiscal_year(total.first_year), show_fiscal_year(total.last_year)
    return first if total.first_year == total.last_year else f"{first}から{last}まで"


def _hours(minutes: Decimal | None) -> str:
    return words.NONE if minutes is None else f"{show_hours(minutes):,f}"


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():,f}"


def _source(citation: Citation | None) -> str:
    return f"（出典：{citation.document.title} {citation.place}）" if citation is not None else ""


def _list(caption: str, examples: Iterable[Example]) -> PlainTable:
    rows = tuple((one.title, one.summary or words.NONE, one.tools) for one in examples)
    return PlainTable(caption, ("名称", "取組内容", "ICT活用"), rows)
