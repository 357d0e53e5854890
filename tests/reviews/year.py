"""The rows that tests of reviews stand on, made through the services."""

from __future__ import annotations

from datetime import date, timedelta

from kaikaku.core.ratings import SCHEMES
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import services
from kaikaku.reviews.entries import AgendaEntry, Decision, MeetingFields, Observation, Orientation
from kaikaku.reviews.models import AgendaItem, Loop, Meeting, Opinion
from tests.cast import Cast

# name, unit, kind, baseline, target, actual
INDICATORS = (
    ("案内の発送件数", "件", "output", "0件", "100件", "120件"),
    ("電子納税率", "%", "outcome", "10%", "60%", "15%"),
)


def edition(cast: Cast) -> Edition:
    """令和7年度, rated by 岩手県's scale."""
    by = cast.takahashi
    plan = plans.create_plan(
        organisation=cast.sakura, name="さくら改革プラン", level_names=("柱", "取組"), by=by
    )
    fields = EditionFields(title="令和7年度版", fiscal_year=2025)
    made = plans.create_edition(plan=plan, fields=fields, by=by)
    plans.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2025, 4, 1), by=by)
    pillar = plans.add_section(edition=made, fields=SectionFields(title="県民の利便", number="1"), by=by)
    words = SectionFields(title="納税の電子化", body="納付書にQRコードを付ける。", owner=cast.zeimu)
    section = plans.add_section(edition=made, parent=pillar, fields=words, by=by)
    plans.add_section(edition=made, parent=pillar, fields=SectionFields(title="窓口の改善"), by=by)
    for row in INDICATORS:
        add_indicator(cast, section, row)
    return Edition.objects.select_related("plan__organisation", "scheme").get(pk=made.pk)


def add_indicator(
    cast: Cast, section: Section, row: tuple[str, ...], *, status: str = "confirmed"
) -> Indicator:
    """An indicator with baseline, target and actual."""
    name, unit, kind, baseline, target, actual = row
    made = plans.add_indicator(
        edition=section.edition,
        section=section,
        fields=IndicatorFields(name=name, unit=unit, direction="up", kind=kind),
        by=cast.takahashi,
    )
    for role, text, year in (
        ("baseline", baseline, 2020),
        ("target", target, 2025),
        ("actual", actual, 2025),
    ):
        fields = FigureFields(
            role=role, text=text, fiscal_year=year, status=status if role == "actual" else None
        )
        plans.set_figure(indicator=made, fields=fields, by=cast.takahashi)
    return made


def next_edition(cast: Cast, of: Edition) -> Edition:
    """令和8年度, with 納税の電子化 reworded."""
    made = plans.create_edition(
        plan=of.plan, fields=EditionFields(title="令和8年度版", fiscal_year=2026), by=cast.takahashi
    )
    words = SectionFields(
        title="納税の電子化と案内の見直し",
        body="納付書にQRコードを付け、使い方を動画で案内する。",
        owner=cast.zeimu,
    )
    plans.add_section(edition=made, fields=words, by=cast.takahashi)
    return made


def drafted(cast: Cast, of: Edition) -> Edition:
    """令和8年度, drafted from the edition, every part linked to what it comes from."""
    fields = EditionFields(title="令和8年度版（案）", fiscal_year=2026)
    return plans.draft_next_edition(edition=of, fields=fields, by=cast.takahashi)


def observation(text: str = "QRコードの場所が分からないという電話が続いている。") -> Observation:
    return Observation(text=text, happened_on=today(), source="residents", evidence="電話18件（4月）")


def noticed(cast: Cast, subject: Section | Indicator) -> Loop:
    """A loop that 小林 (職員) has begun."""
    return services.observe(subject=subject, fields=observation(), by=cast.kobayashi)


def oriented(cast: Cast, loop: Loop) -> Loop:
    """The loop with the office's reading of it."""
    fields = Orientation(
        text="案内は届いているが、使い方が伝わっていない。", happened_on=today(), alternatives="窓口で教える"
    )
    services.orient(loop=loop, fields=fields, by=cast.takahashi)
    return loop


def decided(cast: Cast, loop: Loop, *, review_by: date | None = None) -> Loop:
    """The loop with a decision."""
    oriented(cast, loop)
    fields = Decision(
        text="使い方を動画で案内する。",
        happened_on=today(),
        decider="税務課長",
        rejected="納付書の刷り直し（費用が大きい）",
        review_by=review_by,
    )
    services.decide(loop=loop, fields=fields, by=cast.takahashi)
    return loop


def meeting(cast: Cast, of: Edition, *, kind: str = "headquarters", held_on: date | None = None) -> Meeting:
    """A meeting, for a committee with opinions due the day before."""
    held = held_on or today() + timedelta(days=8)
    due = held - timedelta(days=1) if kind == "committee" else None
    title = {"headquarters": "第2回本部会議", "steering": "第1回幹事会", "committee": "第1回推進委員会"}[kind]
    fields = MeetingFields(kind=kind, title=title, held_on=held, opinions_due=due)
    return services.plan_meeting(edition=of, fields=fields, by=cast.takahashi)


def on_agenda(cast: Cast, of: Meeting, *subjects: Section | Indicator) -> list[AgendaItem]:
    """These on the agenda."""
    entries = [
        AgendaEntry(subject=one, reasons=("low",), question="対応を決めてください。") for one in subjects
    ]
    return services.choose_agenda(meeting=of, entries=entries, by=cast.takahashi)


def opened_item(cast: Cast, subject: Section | Indicator) -> AgendaItem:
    """The subject on the agenda of a committee that is open to its members."""
    committee = meeting(cast, subject.edition, kind="committee")
    [item] = on_agenda(cast, committee, subject)
    services.open_meeting(meeting=committee, by=cast.takahashi)
    return item


def opinion(cast: Cast, item: AgendaItem) -> Opinion:
    """What 渡辺 (委員) says of it."""
    return services.write_opinion(item=item, text="高齢の方への案内を工夫してほしい。", by=cast.watanabe)
