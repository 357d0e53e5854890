"""A campaign of さくら県 that takes ideas today, and what happens to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kaikaku.ideas import services
from kaikaku.ideas.axes import YAMAGUCHI
from kaikaku.ideas.entries import CampaignFields, IdeaFields, RealisationFields, TriageFields
from kaikaku.ideas.models import Campaign, Idea, Realisation
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.plans.models import Edition
from tests.cast import Cast

PAPER = IdeaFields(
    title="会議の資料を画面で見る",
    problem="毎回50部を印刷しています。",
    proposal="資料は前の日までに電子で送り、会議では画面に映します。",
    effect="印刷がなくなります。",
    values={"digital": "デジタル", "category": "ペーパーレス", "grade": "主事・技師", "cost": "無"},
    may_publish=True,
)
DRESS = IdeaFields(
    title="一年を通して軽装で働く",
    proposal="ネクタイと上着をやめ、服装は各自で決めます。",
    values={"digital": "非デジタル"},
)


def planned(cast: Cast, **more: Any) -> Campaign:
    """Put down by the office, not yet announced."""
    fields = {
        "title": "働き方改革の提案募集",
        "theme": "30年後も働き続けたい県庁にするために",
        "opens_on": today() - timedelta(days=10),
        "closes_on": today() + timedelta(days=10),
        "axes": YAMAGUCHI,
        **more,
    }
    return services.plan_campaign(
        organisation=cast.sakura, fields=CampaignFields(**fields), by=cast.takahashi
    )


def announced(cast: Cast, **more: Any) -> Campaign:
    """Taking ideas today."""
    return services.announce_campaign(campaign=planned(cast, **more), by=cast.takahashi)


def draft(campaign: Campaign, by: User, fields: IdeaFields = PAPER) -> Idea:
    """Written and not sent."""
    return services.start_draft(campaign=campaign, fields=fields, by=by)


def sent(campaign: Campaign, by: User, fields: IdeaFields = PAPER) -> Idea:
    """Sent by `by`."""
    return services.send_idea(idea=draft(campaign, by, fields), fields=fields, by=by)


def decided(cast: Cast, idea: Idea, track: str = "realise_now", **more: Any) -> Idea:
    """Sorted by the office."""
    return services.decide(ideas=[idea], fields=TriageFields(track, **more), by=cast.takahashi)[0]


def realisation(cast: Cast, campaign: Campaign, title: str = "紙を使わない会議", **more: Any) -> Realisation:
    """Something that became real."""
    return services.record_realisation(
        campaign=campaign, fields=RealisationFields(title=title, **more), by=cast.takahashi
    )


def make_edition(cast: Cast) -> Edition:
    """令和7年度版 of a plan with one section, in which a campaign's results can be published."""
    plan = plans.create_plan(
        organisation=cast.sakura, name="さくら改革プラン", level_names=("柱",), by=cast.takahashi
    )
    made = plans.create_edition(
        plan=plan, fields=EditionFields(title="令和7年度版", fiscal_year=2025), by=cast.takahashi
    )
    fields = SectionFields(title="働き方の改革", number="1", body="職員の提案を実現する。")
    plans.add_section(edition=made, fields=fields, by=cast.takahashi)
    return made
