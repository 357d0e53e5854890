"""Idea → BPR project or initiative → indicator: each side shows the other, hours are counted once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import override_settings
from django.urls import reverse

from kaikaku.org.queries import today
from kaikaku.reporting.measuring import Measured, measure
from tests.bpr import register
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page

if not apps.is_installed("kaikaku.ideas"):
    pytest.skip("職員提案を使わない設定のため", allow_module_level=True)

from kaikaku.bpr import queries
from kaikaku.bpr.models import Project
from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import services as ideas
from kaikaku.ideas.entries import RealisationFields, TrailFields
from kaikaku.ideas.metrics import METRICS
from kaikaku.ideas.models import Campaign, Realisation
from kaikaku.ideas.queries import chapter_for, credits_of
from kaikaku.ui import linking
from tests.ideas import campaign as told

pytestmark = pytest.mark.django_db
HOURS = next(metric for metric in METRICS if metric.code == "ideas.hours_saved")


@contextmanager
def without(app: str) -> Iterator[None]:
    """The government goes without the app; its rows stay."""
    from django.conf import settings

    with override_settings(INSTALLED_APPS=[one for one in settings.INSTALLED_APPS if app not in one]):
        yield


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return told.announced(cast, edition=told.make_edition(cast))


@pytest.fixture
def project(cast: Cast) -> Project:
    return register.in_use(cast, "会議録の作成業務")


def realised(cast: Cast, campaign: Campaign, title: str = "会議録を自動で作る", **more: Any) -> Realisation:
    """Something that came about today, of an idea of 佐藤's with consent and one of 小林's without."""
    made = told.realisation(cast, campaign, title, realised_on=today(), **more)
    for by, fields in ((cast.sato, told.PAPER), (cast.kobayashi, told.DRESS)):
        idea = told.decided(cast, told.sent(campaign, by, fields))
        ideas.fulfil(ideas=[idea], realisation=made, by=cast.takahashi)
    return made


def link(cast: Cast, made: Realisation, project: Project) -> None:
    fields = TrailFields(label=project.title, key=queries.key_of(project.pk), url=f"/bpr/{project.pk}/")
    ideas.add_trail(realisation=made, fields=fields, by=cast.takahashi)


def hours(cast: Cast) -> Measured:
    now = today()
    return measure(HOURS, organisation=cast.sakura, fiscal_year=now.year - (now.month < 4), options={})


def test_the_office_links_what_was_realised_to_a_project_and_each_page_shows_the_other(
    cast: Cast, page: Page, campaign: Campaign, project: Project
) -> None:
    made = realised(cast, campaign)
    form = page.get(reverse("ideas:add_trail", args=[made.pk]), as_=cast.takahashi)
    assert form.says("会議録の作成業務（着手）")
    typed = {"target": f"rbpr.project:{project.pk}"}
    shown = page.post(reverse("ideas:add_trail", args=[made.pk]), typed, as_=cast.takahashi)
    assert shown.says("会議録の作成業務（着手、確認済みの効果は年196.0時間）")
    assert shown.says("削減時間はBPR案件で計上")
    there = page.get(reverse("bpr:project", args=[project.pk]), as_=cast.sato)
    assert there.says("会議録を自動で作る")
    assert there.says("つながる提案の側では数えません")


def test_a_proposer_stays_hidden_through_the_link_and_so_do_words_without_consent(
    cast: Cast, page: Page, campaign: Campaign, project: Project
) -> None:
    link(cast, realised(cast, campaign), project)
    for reader in (cast.takahashi, cast.suzuki):
        [lead] = linking.leading_to(reader, queries.key_of(project.pk))
        assert [name for name, _ in lead.sources] == [
            "1番　会議の資料を画面で見る",
            "2番　（本文は非公表）",
        ]
        shown = page.get(reverse("bpr:project", args=[project.pk]), as_=reader)
        assert shown.says("（本文は非公表）")
        assert not shown.says("軽装で働く")
        assert not shown.says("小林")


def test_what_a_campaign_not_yet_announced_leads_to_is_told_to_the_office_alone(
    cast: Cast, project: Project
) -> None:
    link(cast, told.realisation(cast, told.planned(cast)), project)
    key = queries.key_of(project.pk)
    assert len(linking.leading_to(cast.takahashi, key)) == 1
    assert linking.leading_to(cast.sato, key) == []
    assert linking.leading_to(cast.nakamura, key) == []


def test_another_governments_projects_are_neither_offered_nor_found(cast: Cast, project: Project) -> None:
    assert [one.label for one in linking.linkable_for(cast.sato)] == ["会議録の作成業務"]
    assert linking.linkable_for(cast.nakamura) == []
    assert linking.records_of(cast.nakamura, [queries.key_of(project.pk)]) == {}


def test_hours_of_a_linked_realisation_are_counted_by_bpr_alone(
    cast: Cast, campaign: Campaign, project: Project
) -> None:
    own = realised(cast, campaign, "別の取組", hours=Decimal(120))
    linked = told.realisation(cast, campaign, realised_on=today())
    link(cast, linked, project)
    found = hours(cast)
    assert found.value == 120
    assert [(one.contribution, one.note) for one in found.records] == [(120, ""), (None, "BPR案件で計上")]
    said = credits_of(cast.sakura, [own, linked]).words
    assert said == (
        "実現した取組の削減時間は、合わせて年120時間です。"
        "ほかの1件の削減時間は、BPR案件で計上しているため、ここには数えません。"
    )
    chapter = chapter_for(campaign.edition)
    assert chapter is not None
    assert said in chapter.paragraphs


def test_hours_entered_here_and_a_project_that_counts_them_do_not_go_together(
    cast: Cast, campaign: Campaign, project: Project
) -> None:
    with pytest.raises(RuleViolation, match="先にこちらの削減時間を消して"):
        link(cast, realised(cast, campaign, hours=Decimal(120)), project)
    bare = told.realisation(cast, campaign, "もう一つの取組")
    link(cast, bare, project)
    fields = RealisationFields(title="もう一つの取組", hours=Decimal(10))
    with pytest.raises(RuleViolation) as refused:
        ideas.revise_realisation(realisation=bare, fields=fields, by=cast.takahashi)
    assert refused.value.field == "hours"


def test_without_bpr_hours_are_counted_here_and_with_it_again_only_there(
    cast: Cast, page: Page, campaign: Campaign, project: Project
) -> None:
    made = realised(cast, campaign)
    link(cast, made, project)
    with without("kaikaku.bpr"):
        fields = RealisationFields(title=made.title, realised_on=today(), hours=Decimal(80))
        ideas.revise_realisation(realisation=made, fields=fields, by=cast.takahashi)
        assert hours(cast).value == 80
        shown = page.get(reverse("ideas:realisation", args=[made.pk]), as_=cast.sato)
        assert shown.says("この記録は、いまは開けません")
        assert shown.says("80時間")
    again = hours(cast)
    assert again.value is None
    assert "つながる先の記録で数えています" in again.reason


def test_without_ideas_a_project_has_nothing_that_leads_to_it(
    cast: Cast, page: Page, campaign: Campaign, project: Project
) -> None:
    link(cast, realised(cast, campaign), project)
    with without("kaikaku.ideas"):
        assert linking.leading_to(cast.sato, queries.key_of(project.pk)) == []
        shown = page.get(reverse("bpr:project", args=[project.pk]), as_=cast.sato)
        assert not shown.says("もとになった提案")


def test_a_case_begun_from_a_linked_realisation_says_where_its_hours_are_counted(
    cast: Cast, campaign: Campaign, project: Project
) -> None:
    link(cast, realised(cast, campaign), project)
    book = ideas.make_casebook(campaign=campaign, title="実践事例集", by=cast.takahashi)
    [case] = ideas.add_realised(casebook=book, by=cast.takahashi)
    assert case.effect == "削減時間はBPR案件で計上"


def test_an_initiative_shows_what_was_realised_for_it(cast: Cast, page: Page, campaign: Campaign) -> None:
    made = realised(cast, campaign)
    assert campaign.edition is not None
    section = campaign.edition.sections.get()
    ideas.add_trail(realisation=made, fields=TrailFields(section=section), by=cast.takahashi)
    shown = page.get(reverse("plans:section", args=[section.pk]), as_=cast.suzuki)
    assert shown.says("ここにつながる取組")
    assert shown.says("会議録を自動で作る")
    assert not shown.says("軽装で働く")


def test_many_links_ask_as_often_as_one(cast: Cast, campaign: Campaign, project: Project) -> None:
    link(cast, realised(cast, campaign), project)

    def grow() -> None:
        for number in range(4):
            other = register.in_use(cast, f"業務{number}")
            link(cast, realised(cast, campaign, f"取組{number}"), other)
            link(cast, told.realisation(cast, campaign, f"同じ案件{number}"), project)

    def read() -> None:
        keys = [queries.key_of(pk) for pk in Project.objects.values_list("pk", flat=True)]
        linking.leading_to(cast.sato, *keys)
        linking.records_of(cast.sato, keys)
        linking.linkable_for(cast.sato)
        hours(cast)

    assert_constant_queries(read, grow)
