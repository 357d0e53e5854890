"""Figures that are counted from records: which indicators are bound to what, by their office, and when.

みほん県 binds before it asks for the results of 令和7年度, so that these are counted, and frozen when the
chiefs confirm them; those of the year under way are counted anew. What 山形県 and 青森県 published stays as
it was published: beside it stands what their records say. Where an app is switched off, or has no record of
the year, its indicators are typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.cli.demo import bpr
from kaikaku.cli.demo.parts import indicators_of, sections_of
from kaikaku.core.quantities import parse_quantity
from kaikaku.org import queries as org
from kaikaku.plans import queries as plan_queries
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields, IndicatorFields
from kaikaku.reporting import measuring
from kaikaku.reporting import services as reporting
from kaikaku.reporting.entries import BindingFields

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition

# after the registers were taken over, before the round of 令和7年度 was opened
BOUND = date(2026, 4, 10)
CORRECTED = date(2026, 10, 15)


@dataclass(frozen=True, slots=True)
class Source:
    """What an indicator is counted from."""

    indicator: str
    metric: str
    note: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a document tells in a sentence: the words of its line, and what it says."""

    words: str
    section: str
    text: str
    fields: IndicatorFields
    fiscal_year: int = 2022
    since: int | None = None


LAST_YEAR = (
    Source("業務改革（BPR）に着手した業務の数", "bpr.started", "完了した業務も含めて数えます。"),
    Source(
        "業務改革による削減時間",
        "bpr.hours_saved_together",
        "これまでは所属の報告を足していました。確かめた効果だけを数えるため、令和6年度までの値と少し違います。",
    ),
    Source("RPAを導入した業務の数", "bpr.started", options={"tool": "rpa"}),
    Source("オンラインで申請できる手続の割合", "ledgers.procedures.online_share"),
    Source("オンライン申請の利用件数", "ledgers.procedures.online_cases"),
    Source("知事と県民との対話の開催回数", "ledgers.dialogues.governor"),
    Source("企業との包括連携協定の数", "ledgers.agreements.standing", "大学、団体との協定も数えます。"),
    Source("外部委託した補助金事務の数", "ledgers.subsidies.outsourced"),
    Source("生成AIを月に1回以上使う職員の割合", "ledgers.generative_ai.used_share"),
    Source("広告・貸付による収入", "ledgers.properties.income"),
    Source("不適正な事務処理の件数", "controls.incidents"),
)
# in the midst of a year these have no value, or not yet what the year will have: the forecast is typed
AHEAD = dict.fromkeys(
    (
        "オンライン申請の利用件数",
        "知事と県民との対話の開催回数",
        "生成AIを月に1回以上使う職員の割合",
        "広告・貸付による収入",
    ),
    "年度の途中のため、記録からではなく、年度末の見込みを入力します。",
)
YAMAGATA = (
    Source("オンラインで利用できる県独自の行政手続の割合", "ledgers.procedures.online_share"),
    Source("事務事業の見直し・改善(削減事務量)", "bpr.hours_saved_together"),
)
REVIEWED = "事務事業の見直し・改善(削減事務量)"

AOMORI = (
    Source("青森県庁版BPRの着手件数", "bpr.started"),
    Source("青森県庁版BPRによる業務削減時間", "bpr.hours_saved_together"),
    Source("包括連携協定の締結件数（年度末）", "ledgers.agreements.standing"),
)
# what the document tells outside its tables of indicators, of which it has none
AOMORI_LINES = (
    Line(
        "着手件数",
        "青森県庁版BPRの実施",
        "51件",
        IndicatorFields(
            name="青森県庁版BPRの着手件数", unit="件", direction="up", accumulation="stock", kind="output"
        ),
    ),
    Line(
        "業務削減時間",
        "青森県庁版BPRの実施",
        "16,843時間",
        IndicatorFields(
            name="青森県庁版BPRによる業務削減時間",
            unit="時間",
            direction="up",
            accumulation="cumulative",
            kind="outcome",
        ),
        since=2019,
    ),
    Line(
        "包括協定締結件数",
        "民間活力の活用",
        "16件",
        IndicatorFields(
            name="包括連携協定の締結件数（年度末）",
            unit="件",
            direction="up",
            accumulation="stock",
            kind="output",
        ),
    ),
)


def tell_last_year(edition: Edition, crew: Crew, story: Story) -> None:
    """The office of みほん県 binds what its registers can count."""
    story.on(BOUND, lambda: bind(edition, LAST_YEAR, from_year=2025, by=crew["jimukyoku"]))


def tell(crew: Crew, story: Story) -> None:
    """A record of 令和7年度 is put right after its figure was published: they no longer agree."""
    if bpr.installed():
        story.on(CORRECTED, bpr.Register(crew["jimukyoku"]).count_again, hour=16)


def add_yamagata(user: User) -> None:
    """山形県: 71.5 % from the ledger of procedures, 7.3万時間 from what was published."""
    edition = _edition_of(user)
    if bpr.installed():
        hours = parse_quantity("7.3万時間").value
        bpr.tell_total(user, REVIEWED, first_year=2021, last_year=2022, hours=hours)
    bind(edition, YAMAGATA, from_year=2022, by=user)


def add_aomori(user: User) -> None:
    """青森県: what its outline tells of BPR and of agreements becomes indicators, each with its line."""
    edition = _edition_of(user)
    sections = sections_of(edition)
    for line in AOMORI_LINES:
        citation = bpr.cited(user, line.words)
        indicator = plans.add_indicator(
            edition=edition, section=sections[line.section], fields=line.fields, by=user
        )
        figure = FigureFields(
            role="actual",
            text=line.text,
            fiscal_year=line.fiscal_year,
            cumulative_from=line.since,
            citation=citation,
        )
        plans.set_figure(indicator=indicator, fields=figure, by=user)
    bind(edition, AOMORI, from_year=2022, by=user)


def bind(edition: Edition, sources: Iterable[Source], *, from_year: int, by: User) -> None:
    """Bind those indicators of which there are records: nothing that is known becomes unknown by it."""
    known, organisation = indicators_of(edition), org.organisation_of(by)
    for source in sources:
        metric = measuring.metric_of(source.metric, organisation)
        if metric is None:
            continue
        found = measuring.measure(
            metric, organisation=organisation, fiscal_year=from_year, options=source.options
        )
        if found.value is not None:
            fields = BindingFields(source.metric, from_year, source.options, source.note)
            reporting.bind(indicator=known[source.indicator], fields=fields, by=by)


def _edition_of(user: User) -> Edition:
    return plan_queries.editions_for(user)[0]
