"""The editions of みほん県 after 令和7年度: 令和8年度, decided and in force, and the draft of 令和9年度."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kaikaku.cli.demo import mihon
from kaikaku.cli.demo.parts import indicators_of, sections_of
from kaikaku.cli.demo.replies import next_year
from kaikaku.core.quantities import parse_quantity
from kaikaku.plans import queries
from kaikaku.plans import services as plans
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    IndicatorFields,
    ItemFields,
    SectionFields,
)
from kaikaku.reviews import services as reviews
from kaikaku.reviews.entries import AnswerFields

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Section
    from kaikaku.reviews.models import Opinion

YEAR = mihon.REPORTED + 1
LAST = 2028
DRAFTED, DECIDED = date(2026, 9, 7), date(2026, 9, 28)
ENDED, ADDED = "Web会議の開催回数", "生成AIによる削減時間"


class Editions:
    """The last edition, the one in force after it and the draft of the next, as the scenes make them."""

    def __init__(self, last: Edition, crew: Crew) -> None:
        self.last, self.office = last, crew["jimukyoku"]
        self.current = self.draft = last

    def tell(self, story: Story, heard: Opinion, *, day: date) -> None:
        story.on(DRAFTED, self.carry_on)
        story.on(DRAFTED, lambda: self.do_what_was_decided(heard), hour=14)
        story.on(DECIDED, self.come_into_force)
        story.on(day - timedelta(days=2), self.draft_next, hour=9)
        story.on(day - timedelta(days=1), self.change_more, hour=11)

    def carry_on(self) -> None:
        """The plan goes on for three years, under the same four pillars."""
        self.current = plans.draft_next_edition(
            edition=self.last,
            fields=EditionFields(
                title="令和8年度の取組",
                fiscal_year=YEAR,
                period=(mihon.FIRST, LAST),
                summary="プランの期間を3年延ばし、令和10年度までとしました。"
                "4つの柱、14の取組、57の指標で進めます。",
            ),
            directions_fixed=True,
            by=self.office,
        )

    def do_what_was_decided(self, heard: Opinion) -> None:
        """What the headquarters ended, what the committee asked for, and the targets of the year."""
        plans.end_indicator(
            indicator=indicators_of(self.current)[ENDED],
            outcome="solved",
            reason="Web会議は定着し、回数を目標とする必要がなくなったため（推進本部会議の決定）",
            by=self.office,
        )
        _rename(
            sections_of(self.current)["デジタル技術の活用"],
            "デジタル技術と生成AIの活用",
            "生成AIの利用を全職員に広げることを、取組の名称で示すため",
            self.office,
        )
        added = _add_what_the_committee_asked(self.current, self.office)
        # the answer given in summer now leads to the line that it became
        fields = AnswerFields(heard.answer.stance, heard.answer.text, target=added)
        reviews.answer_opinion(opinion=heard, fields=fields, by=self.office)
        _set_targets(indicators_of(self.current), self.office)

    def come_into_force(self) -> None:
        plans.change_state(edition=self.last, state="closed", by=self.office)
        plans.change_state(edition=self.current, state="in_force", by=self.office)

    def draft_next(self) -> None:
        """The draft of 令和9年度, with the first changes and their reasons."""
        self.draft = plans.draft_next_edition(
            edition=self.current,
            fields=EditionFields(
                title="令和9年度の取組（案）",
                fiscal_year=YEAR + 1,
                period=(mihon.FIRST, LAST),
                summary="令和8年度の見込みと推進本部・推進委員会の議論を踏まえ、加除修正を進めています。",
            ),
            directions_fixed=True,
            by=self.office,
        )
        revenue = sections_of(self.draft)["歳入の確保"]
        text = "市町村と共同の滞納整理を始め、大口の案件を重点的に整理します。"
        line = ItemFields(text=text, kind="plan", fiscal_year=YEAR + 1)
        plans.add_item(section=revenue, fields=line, by=self.office)
        _explain(revenue, "収入未済額が減らないため、市町村と共同で取り組むこととした", self.office)

    def change_more(self) -> None:
        """Two changes with their reasons, and one that still wants one."""
        sections = sections_of(self.draft)
        _rename(
            sections["風通しのよい職場づくり"],
            "風通しがよく、学び合う職場づくり",
            "メンター制度に加え、職員どうしの学び合いを進めるため",
            self.office,
        )
        plans.end_indicator(
            indicator=indicators_of(self.draft)["情報セキュリティ監査の実施所属数"],
            outcome="solved",
            reason="全ての所属で毎年行うことになり、数を追う必要がなくなったため",
            by=self.office,
        )
        text = "公営住宅の管理を共同で使うシステムに加えます。"
        line = ItemFields(text=text, kind="plan", fiscal_year=YEAR + 1)
        plans.add_item(section=sections["市町村との連携"], fields=line, by=self.office)


def _set_targets(parts: dict[str, Indicator], by: User) -> None:
    for name, row in next_year().items():
        text = row["target_2026"]
        window = parse_quantity(text).cumulative_from
        fields = FigureFields(role="target", text=text, fiscal_year=YEAR, cumulative_from=window)
        plans.set_figure(indicator=parts[name], fields=fields, by=by)


def _rename(section: Section, title: str, reason: str, by: User) -> None:
    fields = SectionFields(title=title, number=section.number, owner=section.owner)
    plans.revise_section(section=section, fields=fields, by=by)
    _explain(section, reason, by)


def _explain(part: Section | Indicator, reason: str, by: User) -> None:
    for link in queries.links_of(part):
        if link.kind != "carried" and not link.reason and part in (link.to_section, link.to_indicator):
            plans.explain_link(link=link, reason=reason, by=by)


def _add_what_the_committee_asked(draft: Edition, by: User) -> Indicator:
    section = sections_of(draft)["デジタル技術と生成AIの活用"]
    like = indicators_of(draft)["生成AIを月に1回以上使う職員の割合"]
    added = plans.add_indicator(
        edition=draft,
        section=section,
        fields=IndicatorFields(
            name=ADDED, unit="時間", direction="up", accumulation="flow", kind="outcome", owner=like.owner
        ),
        by=by,
    )
    baseline = FigureFields(role="baseline", text="0時間", fiscal_year=YEAR - 1)
    plans.set_figure(indicator=added, fields=baseline, by=by)
    _explain(added, "推進委員会の意見を受け、利用の効果を時間で測るため", by)
    return added
