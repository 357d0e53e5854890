"""What ideas count for indicators: how many came, were answered, came about, were taken over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.ideas import queries, words
from kaikaku.ideas.fate import NO_CONSENT, median
from kaikaku.ideas.models import Campaign, Idea, Realisation
from kaikaku.ideas.queries import counted
from kaikaku.ideas.queries.campaigns import answer_days
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import (
    Choices,
    Measured,
    Metric,
    Option,
    Parts,
    RecordRef,
    Records,
    insiders,
    uncounted,
)
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.org.models import Organisation, User

ONE = Decimal(1)


def _extents(organisation: Organisation) -> Choices:
    return list(words.EXTENTS.items())


EXTENT = Option("extent", "範囲", _extents)


def _visible(user: User, keys: Collection[str]) -> Collection[str]:
    """Ideas whose words the person may read; campaigns for everyone who works here."""
    ideas = {int(key.rsplit(":", 1)[1]): key for key in keys if key.startswith("idea:")}
    readable = counted.readable(user, ideas) if ideas and insiders(user, keys) else set()
    others = insiders(user, [key for key in keys if not key.startswith("idea:")])
    return {*others, *(ideas[pk] for pk in readable)}


def _uncounted(organisation: Organisation, fiscal_year: int, unit: str = "件") -> Measured | None:
    """Of a year before the first call for ideas nothing is known, not even that there were none."""
    since = counted.first_year(organisation)
    return uncounted(fiscal_year, unit, on=today(), since=since, what="職員提案")


def _received(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (waiting := _uncounted(organisation, fiscal_year)) is not None:
        return waiting
    ideas = counted.received(organisation, fiscal_year)
    told = counted.published(organisation, fiscal_year)
    records = Records.of_query(ideas, _idea, light=_ideas)
    value = Decimal(records.count + sum(one.published_total or 0 for one in told))
    if told:
        records = Records.of([*(_campaign(one) for one in told), *records])
    return Measured(value, "件", records, "その年度に受け付けた提案の数")


def _answered(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    ideas = counted.received(organisation, fiscal_year).exclude(state="withdrawn")
    whole, part = ideas.count(), counted.answered(ideas).count()
    return Measured.share(
        part,
        whole,
        records=Records.of_query(ideas, _told, light=_told_parts, count=whole),
        words="回答した提案 ÷ その年度に受け付けた提案（取下げを除く）",
        nothing=f"{show_fiscal_year(fiscal_year)}に受け付けた提案がありません。",
    )


def _days(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    ideas = counted.answered(counted.received(organisation, fiscal_year))
    value = median(answer_days(ideas))
    records = Records.of_query(ideas, _waited, light=_waited_parts)
    if value is None:
        return Measured.unknown(
            "日", f"{show_fiscal_year(fiscal_year)}に受け付けて回答した提案がありません。", records=records
        )
    return Measured(value, "日", records, "受付から最初の回答までの日数の中央値")


def _realised(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (waiting := _uncounted(organisation, fiscal_year)) is not None:
        return waiting
    ideas = counted.realised(organisation, fiscal_year, extent=options.get("extent", ""))
    records = Records.of_query(ideas, _idea, light=_ideas)
    return Measured(Decimal(records.count), "件", records, "その年度に初めて実現した提案の数")


def _realised_share(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    ideas = counted.received(organisation, fiscal_year)
    whole, part = ideas.count(), ideas.filter(state="realised").count()
    return Measured.share(
        part,
        whole,
        records=Records.of_query(ideas, _came_about, light=_came_about_parts, count=whole),
        words="実現した提案（一部実現を含む） ÷ その年度に受け付けた提案",
        nothing=f"{show_fiscal_year(fiscal_year)}に受け付けた提案がありません。",
    )


def _realisations(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (waiting := _uncounted(organisation, fiscal_year)) is not None:
        return waiting
    rows = counted.realisations(organisation, fiscal_year)
    records = Records.of_query(rows, _realisation)
    return Measured(Decimal(records.count), "件", records, "その年度に実現した取組の数（再掲は1回だけ）")


def _hours(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (waiting := _uncounted(organisation, fiscal_year, "時間")) is not None:
        return waiting
    year, rows = show_fiscal_year(fiscal_year), list(counted.realisations(organisation, fiscal_year))
    credits = queries.credits_of(organisation, rows)
    known = [(row, credits.by_key[row.pk]) for row in rows]
    records = Records.of(
        [_realisation(row, one.hours, one.why) for row, one in known if one.why or one.hours is not None]
    )
    if credits.hours is None:
        why = (
            f"{year}に実現した取組の削減時間は、すべてつながる先の記録で数えています。"
            if credits.elsewhere
            else f"{year}に実現した取組に、削減時間の入力がありません。"
        )
        return Measured.unknown("時間", why, records=records)
    return Measured(credits.hours, "時間", records, f"{year}に実現した取組の1年間の削減時間の合計")


def _adopters(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    rows = list(counted.offered(organisation, fiscal_year))
    records = Records.of([_offered(row) for row in rows])
    if not rows:
        return Measured.unknown(
            "所属",
            f"{show_fiscal_year(fiscal_year)}にほかの所属へ紹介した取組がありません。",
            records=records,
        )
    taken = sum(row.adopters for row in rows)  # type: ignore[attr-defined]
    said = f"取り入れた所属 ÷ 紹介した取組：{taken} ÷ {len(rows)}"
    return Measured(Decimal(taken) / Decimal(len(rows)), "所属", records, said)


# --- records -----------------------------------------------------------------------------------------


def _ref(idea: Idea, contribution: Decimal | None, note: str = "") -> RecordRef:
    """Without consent the title stays unsaid, whoever looks."""
    title = idea.title if idea.may_publish else NO_CONSENT
    label = f"{idea.number}番　{title}"
    return RecordRef(f"idea:{idea.pk}", label, address_of("ideas:idea").format(idea.pk), contribution, note)


def _idea(idea: Idea) -> RecordRef:
    return _ref(idea, ONE, words.STATES[idea.state])


def _ideas(ideas: QuerySet[Any]) -> Parts:
    return ((f"idea:{pk}", ONE) for pk in ideas.values_list("pk", flat=True))


def _told(idea: Idea) -> RecordRef:
    day = idea.first_answered_on
    return _ref(idea, Decimal(int(day is not None)), f"回答：{show_date(day)}" if day else "未回答")


def _told_parts(ideas: QuerySet[Any]) -> Parts:
    rows = ideas.values_list("pk", "first_answered_on")
    return ((f"idea:{pk}", Decimal(int(day is not None))) for pk, day in rows)


def _waited(idea: Idea) -> RecordRef:
    days = idea.waited.days  # type: ignore[attr-defined]
    return _ref(idea, None, f"{days}日")


def _waited_parts(ideas: QuerySet[Any]) -> Parts:
    return ((f"idea:{pk}", None) for pk in ideas.values_list("pk", flat=True))


def _came_about(idea: Idea) -> RecordRef:
    return _ref(idea, Decimal(int(idea.state == "realised")), words.STATES[idea.state])


def _came_about_parts(ideas: QuerySet[Any]) -> Parts:
    rows = ideas.values_list("pk", "state")
    return ((f"idea:{pk}", Decimal(int(state == "realised"))) for pk, state in rows)


def _campaign(campaign: Campaign) -> RecordRef:
    url = address_of("ideas:campaign").format(campaign.pk)
    total = Decimal(campaign.published_total or 0)
    return RecordRef(f"campaign:{campaign.pk}", campaign.title, url, total, "公表された件数")


def _realisation(row: Realisation, contribution: Decimal | None = ONE, note: str = "") -> RecordRef:
    url = address_of("ideas:realisation").format(row.pk)
    return RecordRef(f"realisation:{row.pk}", row.title, url, contribution, note)


def _offered(row: Realisation) -> RecordRef:
    url = address_of("ideas:realisation").format(row.pk)
    taken = Decimal(row.adopters)  # type: ignore[attr-defined]
    return RecordRef(f"realisation:{row.pk}", row.title, url, None, f"取り入れた所属：{taken}")


METRICS = (
    Metric(
        code="ideas.received",
        name="職員提案の件数",
        definition="その年度に受け付けた職員提案の件数です。取り下げた提案も含みます。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_received,
        visible=_visible,
    ),
    Metric(
        code="ideas.answered_share",
        name="回答した職員提案の割合",
        definition="その年度に受け付けた職員提案のうち、回答したものの割合です。取り下げた提案は除きます。",
        unit="%",
        accumulation=Accumulation.STOCK,
        measure=_answered,
        visible=_visible,
        decimals=1,
    ),
    Metric(
        code="ideas.answer_days",
        name="職員提案に最初に回答するまでの日数",
        definition="その年度に受け付けた職員提案の、受付から最初の回答までの日数の中央値です。",
        unit="日",
        accumulation=Accumulation.STOCK,
        measure=_days,
        visible=_visible,
        decimals=1,
    ),
    Metric(
        code="ideas.realised",
        name="実現した職員提案の件数",
        definition="その年度に初めて実現した職員提案の件数です。1つの提案は1回だけ数えます。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_realised,
        visible=_visible,
        options=(EXTENT,),
    ),
    Metric(
        code="ideas.realised_share",
        name="実現した職員提案の割合",
        definition="その年度に受け付けた職員提案のうち、実現（一部実現を含む）したものの割合です。",
        unit="%",
        accumulation=Accumulation.STOCK,
        measure=_realised_share,
        visible=_visible,
        decimals=1,
    ),
    Metric(
        code="ideas.realisations",
        name="職員提案から実現した取組の件数",
        definition="職員提案をもとにその年度に実現した取組の件数です。一覧の再掲は数えません。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=_realisations,
        visible=_visible,
    ),
    Metric(
        code="ideas.hours_saved",
        name="職員提案から実現した取組の削減時間（年換算）",
        definition="その年度に実現した取組の、1年間の削減時間の合計です。"
        "業務改革（BPR）の案件につながる取組は、BPR案件で計上するため数えません。",
        unit="時間",
        accumulation=Accumulation.FLOW,
        measure=_hours,
        visible=_visible,
    ),
    Metric(
        code="ideas.adopters",
        name="水平展開で取り入れた所属の数（1取組あたり）",
        definition="その年度にほかの所属へ紹介した取組1つあたりの、取り入れた所属（形を変えたものを含む）の数です。",
        unit="所属",
        accumulation=Accumulation.STOCK,
        measure=_adopters,
        visible=_visible,
        decimals=1,
    ),
)
