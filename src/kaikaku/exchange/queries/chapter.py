"""What exchange adds to a publication: projects and participants by year, hours lent and borrowed by 部.

No person and no piece of work is named; what few people stand behind is hidden (exchange.disclosed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_fiscal_year
from kaikaku.exchange.disclosed import K, YearFigures, figures_of
from kaikaku.exchange.queries.flows import helps_in
from kaikaku.exchange.queries.published import published_totals
from kaikaku.writers.dataset import Chapter, PlainTable

if TYPE_CHECKING:
    from kaikaku.exchange.models import PublishedTotal
    from kaikaku.plans.models import Edition

TITLE = "庁内の応援"
HIDDEN, NONE = "x", "—"
FLOWS = (
    "部局",
    "出した職員（延べ・人）",
    "出した時間（時間）",
    "受けた職員（延べ・人）",
    "受けた時間（時間）",
)
YEARS = 5
ABOUT = (
    "忙しい所属を、ほかの所属の職員が期間と時間を決めて手伝っています。"
    "支援した業務の数と参加した職員の数は動きが違うため、分けて数えます。"
    "参加した職員の数は延べ人数です（1人が2つの業務を手伝うと2人と数えます）。"
)


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of an edition's publication; None where nobody has helped yet in the years it tells of."""
    last = edition.fiscal_year
    if last is None:
        return None
    first = max(edition.period_from or last, last - YEARS + 1)
    organisation = edition.plan.organisation
    found = {year: helps_in(organisation, year) for year in range(first, last + 1)}
    figures = {year: figures_of(helps) for year, helps in found.items() if helps}
    totals = published_totals(organisation, until=last)
    if not figures and not totals:
        return None
    paragraphs = [ABOUT, *_paragraphs(figures, last)] if figures else [ABOUT]
    tables = [*_tables(figures, last), _published(totals)] if totals else [*_tables(figures, last)]
    return Chapter(TITLE, tuple(paragraphs), tuple(tables))


def _paragraphs(figures: Mapping[int, YearFigures], last: int) -> Iterator[str]:
    yield "".join(_told(figures, last))
    if any(one.hidden for one in figures.values()):
        yield (
            f"「{HIDDEN}」は、{K}人に満たない職員の数と時間、"
            "またはそこから分かってしまう数であるため、表示していません。"
        )


def _told(figures: Mapping[int, YearFigures], last: int) -> Iterator[str]:
    now, before = figures.get(last), figures.get(last - 1)
    year = show_fiscal_year(last)
    if now is None:
        yield f"{year}に行われた応援の記録はありません。"
        return
    projects, people = now.together.projects, now.together.participants
    if projects is None or people is None:
        yield f"{year}は、参加した職員が少ないため、数を表示していません。"
        return
    yield f"{year}は、{projects:,}件の業務を、延べ{people:,}人の職員が応援しました。"
    if before and before.together.projects is not None and before.together.participants is not None:
        work = _compared(projects - before.together.projects, "件", ends=False)
        staff = _compared(people - before.together.participants, "人", ends=True)
        yield f"前年度と比べると、業務の数は{work}、参加した職員の数は{staff}。"


def _compared(change: int, unit: str, *, ends: bool) -> str:
    """A change in words, as it stands in the middle or at the end of a sentence."""
    if not change:
        return "変わりません" if ends else "変わらず"
    stem = "増え" if change > 0 else "減り"
    return f"{abs(change):,}{unit}{stem}{'ました' if ends else ''}"


def _tables(figures: Mapping[int, YearFigures], last: int) -> Iterator[PlainTable]:
    if not figures:
        return
    yield PlainTable(
        caption="支援した業務の数と参加した職員の数（年度別）",
        header=("年度", "支援した業務（件）", "参加した職員（延べ・人）", "従事した時間（時間）"),
        rows=tuple(_year_row(year, figures.get(year)) for year in range(min(figures), last + 1)),
    )
    now = figures.get(last)
    if now is None:
        return
    year = show_fiscal_year(last)
    yield PlainTable(
        caption=f"制度別の支援（{year}）",
        header=("制度", "支援した業務（件）", "参加した職員（延べ・人）"),
        rows=tuple(
            (row.name, _count(row.projects), _count(row.participants)) for row in (*now.schemes, now.together)
        ),
    )
    people, total = _count(now.together.participants), _hours(now.minutes)
    yield PlainTable(
        caption=f"部局別の応援に出した時間と受けた時間（{year}）",
        header=(
            "部局",
            "出した職員（延べ・人）",
            "出した時間（時間）",
            "受けた職員（延べ・人）",
            "受けた時間（時間）",
        ),
        rows=(
            *(
                (
                    row.name,
                    _count(row.lent),
                    _hours(row.lent_minutes),
                    _count(row.borrowed),
                    _hours(row.borrowed_minutes),
                )
                for row in now.flows
            ),
            (now.together.name, people, total, people, total),
        ),
    )


def _year_row(year: int, figures: YearFigures | None) -> tuple[str, ...]:
    name = show_fiscal_year(year)
    if figures is None:
        return (name, NONE, NONE, NONE)
    together = figures.together
    return (name, _count(together.projects), _count(together.participants), _hours(figures.minutes))


def _published(totals: Sequence[PublishedTotal]) -> PlainTable:
    """What documents tell, each with its place."""
    return PlainTable(
        caption="公表された資料の実績",
        header=("制度", "年度", "支援した業務", "参加した職員", "出典"),
        rows=tuple(
            (
                one.get_scheme_display(),
                show_fiscal_year(one.fiscal_year) if one.fiscal_year else "記載なし",
                one.projects_words,
                one.participants_words,
                str(one.citation),
            )
            for one in totals
        ),
    )


def _count(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _hours(minutes: int | None) -> str:
    """Minutes as hours to 0.1, halves up."""
    if minutes is None:
        return HIDDEN
    return f"{(Decimal(minutes) / 60).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):,f}"
