"""What reviews counts: whether experts are answered, and whether decisions are looked at again in time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.core.eras import days_of_fiscal_year, show_date, show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import Measured, Metric, Parts, RecordRef, Records, held_by, uncounted
from kaikaku.reviews.queries import counted
from kaikaku.reviews.queries.access import READERS, sees_meetings
from kaikaku.reviews.queries.loops import url_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.org.models import Organisation, User
    from kaikaku.reviews.models import Loop, Opinion


def _answered(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    opinions = counted.opinions_heard(organisation, fiscal_year)
    whole = opinions.count()
    return Measured.share(
        opinions.filter(answer__isnull=False).count(),
        whole,
        records=Records.of_query(opinions, _opinion, light=_opinion_parts, count=whole),
        words="回答した意見 ÷ 委員から出された意見",
        nothing=f"{show_fiscal_year(fiscal_year)}の会議に、委員の意見がありません。",
    )


def _opinion(opinion: Opinion) -> RecordRef:
    answer = getattr(opinion, "answer", None)
    return RecordRef(
        key=f"opinion:{opinion.pk}",
        label=f"{opinion.item}（{opinion.item.meeting.title}）",
        url=reverse("reviews:item", args=[opinion.item_id]),
        contribution=Decimal(int(answer is not None)),
        note=f"回答：{answer.get_stance_display()}" if answer else "未回答",
    )


def _opinion_parts(opinions: QuerySet[Opinion]) -> Parts:
    rows = opinions.values_list("pk", "answer")
    return ((f"opinion:{pk}", Decimal(int(answer is not None))) for pk, answer in rows)


def _overdue(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    since = counted.first_loop_year(organisation)
    if none := uncounted(fiscal_year, "件", on=today(), since=since, what="見直し"):
        return none
    on = min(days_of_fiscal_year(fiscal_year)[1], today())
    records = Records.of_query(counted.loops_overdue(organisation, on), _loop, light=_loop_parts)
    return Measured(
        Decimal(records.count), "件", records, f"{show_date(on)}の時点で見直しの期限を過ぎていたもの"
    )


def _loop(loop: Loop) -> RecordRef:
    due = f"見直しの期限：{show_date(loop.review_by)}" if loop.review_by else ""
    return RecordRef(f"loop:{loop.pk}", f"{loop.title}（{loop.subject}）", url_of(loop), Decimal(1), due)


def _loop_parts(loops: QuerySet[Loop]) -> Parts:
    return ((f"loop:{pk}", Decimal(1)) for pk in loops.values_list("pk", flat=True))


def _meetings_seen(user: User, keys: Collection[str]) -> Collection[str]:
    return keys if sees_meetings(user) else ()


METRICS = (
    Metric(
        code="reviews.answered_share",
        name="委員の意見への回答率",
        definition="その年度に開いた会議で委員が出した意見のうち、対応方針を回答したものの割合です。",
        unit="%",
        accumulation=Accumulation.FLOW,
        measure=_answered,
        visible=_meetings_seen,
        decimals=1,
    ),
    Metric(
        code="reviews.overdue",
        name="期限を過ぎた見直しの件数",
        definition="年度末（年度の途中では今日）の時点で、決定を見直す期限を過ぎても見直していないものの数です。",
        unit="件",
        accumulation=Accumulation.STOCK,
        measure=_overdue,
        visible=held_by(*READERS),
    ),
)
