"""The log of an item: from something noticed to what was changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import queries, services
from kaikaku.reviews.entries import Act, Decision, Observation, Orientation
from kaikaku.reviews.models import Event, Loop
from kaikaku.sources import services as sources
from tests.cast import Cast
from tests.reviews import year

pytestmark = pytest.mark.django_db


def kinds(loop: Loop) -> list[str]:
    return [event.kind for event in loop.events.order_by("pk")]


def test_a_loop_runs_from_what_was_noticed_to_the_change_it_made(cast: Cast, section: Section) -> None:
    loop = year.noticed(cast, section)
    assert loop.title == "QRコードの場所が分からないという電話が続いている"
    year.decided(cast, loop)
    fields = SectionFields(title=section.title, body="使い方を動画で案内する。", owner=cast.zeimu)
    plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    [(key, words), *_] = queries.entry_choices(cast.takahashi, loop)
    assert "見出しを変更しました（納税の電子化、高橋）" in words
    entry = queries.entry_in(cast.takahashi, loop, key)
    done = Act(text="本文を改めた。", happened_on=today(), entry=entry, target=section, closes=True)
    services.act(loop=loop, fields=done, by=cast.takahashi)
    loop.refresh_from_db()
    assert kinds(loop) == ["observation", "orientation", "decision", "act"]
    assert loop.closed_at is not None
    act = loop.events.get(kind="act")
    assert act.entry == Entry.objects.get(pk=key)
    assert act.target == section
    assert audit.verify(cast.sakura) == []


def test_a_loop_turns_again_when_something_more_is_noticed(cast: Cast, loop: Loop) -> None:
    year.decided(cast, loop, review_by=today() + timedelta(days=30))
    services.observe_again(loop=loop, fields=year.observation("電話が3件に減った。"), by=cast.sato)
    loop.refresh_from_db()
    assert (loop.stage, loop.review_by) == ("observation", None)
    assert kinds(loop) == ["observation", "orientation", "decision", "observation"]


def test_a_decision_needs_a_reading_of_what_was_noticed(cast: Cast, loop: Loop) -> None:
    fields = Decision(text="やめる。", happened_on=today(), decider="税務課長")
    with pytest.raises(RuleViolation, match="先に「状況判断」を記録"):
        services.decide(loop=loop, fields=fields, by=cast.takahashi)


def test_an_act_needs_a_decision(cast: Cast, loop: Loop) -> None:
    year.oriented(cast, loop)
    with pytest.raises(RuleViolation, match="先に「決定」を記録"):
        services.act(loop=loop, fields=Act(text="した。", happened_on=today()), by=cast.takahashi)


def test_an_observation_without_evidence_is_refused(cast: Cast, weak: Indicator) -> None:
    fields = Observation(text="遅れている。", happened_on=today())
    with pytest.raises(RuleViolation, match="根拠がありません") as refused:
        services.observe(subject=weak, fields=fields, by=cast.kobayashi)
    assert refused.value.field == "evidence"


def test_a_line_of_a_kept_document_is_evidence(cast: Cast, weak: Indicator) -> None:
    document = sources.keep_document(
        organisation=cast.sakura,
        name="survey.txt",
        data=b"x",
        title="県民調査",
        media_type="text/plain",
        lines=("使いにくい 41%",),
        by=cast.sato,
    )
    citation = sources.cite(document=document, spot=sources.Spot(1, "使いにくい 41%"))
    fields = Observation(text="使いにくいという声。", happened_on=today(), source="data", citation=citation)
    loop = services.observe(subject=weak, fields=fields, by=cast.kobayashi)
    assert loop.events.get().citation == citation


def test_what_has_not_happened_yet_is_not_recorded(cast: Cast, weak: Indicator) -> None:
    tomorrow = today() + timedelta(days=1)
    fields = Observation(text="遅れる。", happened_on=tomorrow, evidence="見込み")
    with pytest.raises(RuleViolation, match="日付がまだ来ていません"):
        services.observe(subject=weak, fields=fields, by=cast.kobayashi)


def test_the_day_to_look_again_is_after_the_decision(cast: Cast, loop: Loop) -> None:
    with pytest.raises(RuleViolation, match="見直しの期限"):
        year.decided(cast, loop, review_by=today())


def test_an_ended_loop_takes_nothing_more_until_it_is_reopened(cast: Cast, loop: Loop) -> None:
    services.close_loop(loop=loop, reason="別の件と同じだった。", by=cast.takahashi)
    with pytest.raises(RuleViolation, match="終わっているため"):
        services.observe_again(loop=loop, fields=year.observation(), by=cast.sato)
    services.reopen_loop(loop=loop, reason="別の件だった。", by=cast.takahashi)
    services.observe_again(loop=loop, fields=year.observation(), by=cast.sato)
    assert kinds(loop) == ["observation", "observation"]


def test_a_stranger_cannot_write_even_past_the_pages(cast: Cast, weak: Indicator, loop: Loop) -> None:
    with pytest.raises(RuleViolation, match="ほかの団体"):
        services.observe(subject=weak, fields=year.observation(), by=cast.nakamura)
    with pytest.raises(RuleViolation, match="ほかの団体"):
        services.close_loop(loop=loop, reason="x", by=cast.nakamura)


def test_a_loop_leads_only_within_its_plan(cast: Cast, loop: Loop) -> None:
    other = plans.create_plan(organisation=cast.sakura, name="別の計画", by=None)
    edition = plans.create_edition(plan=other, fields=EditionFields(title="版", fiscal_year=2025), by=None)
    elsewhere = plans.add_section(edition=edition, fields=SectionFields(title="よそ"), by=None)
    year.decided(cast, loop)
    fields = Act(text="した。", happened_on=today(), target=elsewhere)
    with pytest.raises(RuleViolation, match="同じプラン"):
        services.act(loop=loop, fields=fields, by=cast.takahashi)


def test_nothing_is_kept_of_a_step_that_is_refused(cast: Cast, loop: Loop) -> None:
    before = (Event.objects.count(), Entry.objects.count())
    with pytest.raises(RuleViolation):
        services.orient(loop=loop, fields=Orientation(text=" ", happened_on=today()), by=cast.takahashi)
    assert (Event.objects.count(), Entry.objects.count()) == before


def test_the_database_itself_refuses_a_loop_about_nothing(cast: Cast, edition: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Loop.objects.create(edition=edition, title="x", fiscal_year=2025, stage="observation")


def test_the_year_by_year_table_is_made_of_the_same_events(cast: Cast, weak: Indicator) -> None:
    loop = services.observe(subject=weak, fields=year.observation(), fiscal_year=2025, by=cast.kobayashi)
    year.decided(cast, loop)
    shown = queries.subject_page(cast.takahashi, weak)
    [row] = [one for one in shown.years if one.fiscal_year == 2025]
    [line] = row.lines
    assert (line.target, line.actual, line.rate) == ("60%\n（R7）", "15%\n（R7）", "10.0%")
    assert [event.kind for event in row.found] == ["observation", "orientation"]
    assert [event.kind for event in row.improved] == ["decision"]
    told = {event.pk for one in shown.loops for event in one.events}
    assert told == {event.pk for event in (*row.found, *row.improved)}
