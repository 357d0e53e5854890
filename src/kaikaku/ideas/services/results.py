"""What became real: recorded, tied to the ideas it fulfils, listed, led on to where its hours are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import queries, words
from kaikaku.ideas.entries import ListedFields, RealisationFields, TrailFields
from kaikaku.ideas.models import Campaign, Fulfilment, Idea, Listed, Realisation, Trail
from kaikaku.ideas.services.guard import changed, held, must_be_office, must_handle, put_on_record
from kaikaku.ideas.states import Step, move
from kaikaku.org.queries import today
from kaikaku.plans.services.guard import require_words
from kaikaku.ui.linking import counting_hours

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def record_realisation(*, campaign: Campaign, fields: RealisationFields, by: User | None) -> Realisation:
    """Put down something that became real, or is on its way."""
    must_be_office(campaign.organisation, by)
    values = _values(campaign, fields, other_than=None)
    realisation = Realisation.objects.create(campaign=campaign, **values)
    put_on_record("ideas.realisation.recorded", realisation, campaign=campaign, by=by, new=values)
    return realisation


@transaction.atomic
def revise_realisation(
    *, realisation: Realisation, fields: RealisationFields, by: User | None
) -> Realisation:
    """Change what is said of it; the ideas of one that has come about become realised with it."""
    realisation = _held(realisation)
    campaign = realisation.campaign
    must_be_office(campaign.organisation, by)
    values = _values(campaign, fields, other_than=realisation)
    old = {name: getattr(realisation, name) for name in values if getattr(realisation, name) != values[name]}
    if old:
        for name in old:
            setattr(realisation, name, values[name])
        realisation.save(update_fields=list(old))
        new = {name: values[name] for name in old}
        put_on_record("ideas.realisation.revised", realisation, campaign=campaign, by=by, old=old, new=new)
    if "progress" in old and realisation.progress == "done":
        ideas = list(Idea.objects.filter(fulfilments__realisation=realisation))
        for idea in held(ideas) if ideas else []:
            _advance(idea, realisation, by=by)
    return realisation


@transaction.atomic
def fulfil(
    *,
    ideas: Iterable[Idea],
    realisation: Realisation,
    extent: str = "full",
    rest: str = "",
    by: User | None,
) -> list[Fulfilment]:
    """Say that these ideas are realised by it, in full or in part (一部実現, with what is still missing)."""
    realisation = _held(realisation)
    if extent not in words.EXTENTS:
        raise RuleViolation("ideas.extent", "「実現」か「一部実現」を選んでください。", field="extent")
    made = []
    for idea in held(ideas):
        must_handle(idea, by)
        if idea.campaign.organisation_id != realisation.campaign.organisation_id:
            raise RuleViolation("foreign_organisation", "自分の団体の提案を選んでください。")
        values = {"extent": extent, "rest": rest.strip() if extent == "partial" else ""}
        tie, _ = Fulfilment.objects.update_or_create(idea=idea, realisation=realisation, defaults=values)
        made.append(tie)
        _advance(idea, realisation, by=by, extent=extent)
    return made


@transaction.atomic
def unlink(*, fulfilment: Fulfilment, reason: str, by: User | None) -> None:
    """Take a tie away that was made by mistake; the idea's state is set right by reopening it."""
    idea = held([fulfilment.idea])[0]
    must_be_office(idea.campaign.organisation, by)
    said = require_words(reason, field="reason", thing="外す理由")
    old = {"realisation": str(fulfilment.realisation), "extent": words.EXTENTS[fulfilment.extent]}
    fulfilment.delete()
    changed(idea)
    put_on_record("ideas.realisation.unlinked", idea, campaign=idea.campaign, by=by, old=old, note=said)


@transaction.atomic
def list_realisation(*, realisation: Realisation, fields: ListedFields, by: User | None) -> Listed:
    """Put a row on the published list. Shown a second time it must be marked 【再掲】, and counts once."""
    campaign = realisation.campaign
    must_be_office(campaign.organisation, by)
    shown = Listed.objects.filter(realisation=realisation, cross_listed=False).exists()
    if shown and not fields.cross_listed:
        raise RuleViolation(
            "ideas.listed_already",
            f"「{realisation}」はすでに一覧にあります。もう一度載せるときは「再掲」としてください。",
            field="cross_listed",
        )
    if fields.cross_listed and not shown:
        raise RuleViolation(
            "ideas.cross_listed_first",
            f"「{realisation}」はまだ一覧にないため、再掲にできません。先に再掲でない行として載せてください。",
            field="cross_listed",
        )
    last = Listed.objects.filter(realisation__campaign=campaign).aggregate(last=Max("position"))["last"]
    values = {
        "category": require_words(fields.category, field="category", thing="カテゴリ"),
        "title": require_words(fields.title, field="title", thing="提案"),
        "cross_listed": fields.cross_listed,
        "position": 0 if last is None else last + 1,
    }
    row = Listed.objects.create(realisation=realisation, **values)
    put_on_record("ideas.realisation.listed", realisation, campaign=campaign, by=by, new=values)
    return row


@transaction.atomic
def unlist(*, listed: Listed, by: User | None) -> None:
    """Take a row off the list; its 再掲 rows would stand alone, so they go first."""
    realisation = listed.realisation
    must_be_office(realisation.campaign.organisation, by)
    others = Listed.objects.filter(realisation=realisation, cross_listed=True)
    if not listed.cross_listed and others.exists():
        raise RuleViolation(
            "ideas.cross_listed_stands", "再掲の行が残っています。先に再掲の行を一覧から外してください。"
        )
    old = {"category": listed.category, "title": listed.title}
    listed.delete()
    put_on_record("ideas.realisation.unlisted", realisation, campaign=realisation.campaign, by=by, old=old)


@transaction.atomic
def add_trail(*, realisation: Realisation, fields: TrailFields, by: User | None) -> Trail:
    """Lead on to a section, an indicator, another app's record or an address.

    Hours are counted once: where another app's record counts them (ui.linking), none may stand here.
    """
    realisation = _held(realisation)
    must_be_office(realisation.campaign.organisation, by)
    values = _trail_values(realisation, fields)
    organisation = realisation.campaign.organisation
    if realisation.hours is not None and counting_hours(organisation, [values["key"]]):
        raise RuleViolation(
            "ideas.hours_twice",
            "この取組には削減時間が入力されています。つなぐ先の記録で時間を数えるため、先にこちらの削減時間を消してください。",
            field="key",
        )
    trail = Trail.objects.create(realisation=realisation, **values)
    put_on_record(
        "ideas.trail.added", realisation, campaign=realisation.campaign, by=by, new={"trail": trail.label}
    )
    return trail


@transaction.atomic
def remove_trail(*, trail: Trail, by: User | None) -> None:
    """Take a lead away; what it was stays in the log."""
    realisation = trail.realisation
    must_be_office(realisation.campaign.organisation, by)
    old = {"trail": trail.label}
    trail.delete()
    put_on_record("ideas.trail.removed", realisation, campaign=realisation.campaign, by=by, old=old)


def _held(realisation: Realisation) -> Realisation:
    rows = Realisation.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__organisation", "department", "citation").get(pk=realisation.pk)


def _advance(idea: Idea, realisation: Realisation, *, by: User | None, extent: str = "") -> None:
    """An idea is realised with what fulfils it, or has begun with it."""
    old = {"state": idea.state}
    if realisation.progress == "done":
        changed(idea, state=move(idea.state, Step.REALISE))
    elif idea.state == "decided":
        changed(idea, state=move(idea.state, Step.START))
    else:
        changed(idea)
    action = "ideas.idea.realised" if idea.state == "realised" else "ideas.idea.started"
    new = {"state": idea.state, "realisation": str(realisation), "extent": words.EXTENTS.get(extent, "")}
    put_on_record(action, idea, campaign=idea.campaign, by=by, old=old, new=new)


def _values(
    campaign: Campaign, fields: RealisationFields, *, other_than: Realisation | None
) -> dict[str, Any]:
    title = require_words(fields.title, field="title", thing="内容")
    same = Realisation.objects.filter(campaign=campaign, title=title)
    if (same.exclude(pk=other_than.pk) if other_than else same).exists():
        raise RuleViolation(
            "ideas.realisation_twice",
            f"「{title}」はすでに登録されています。その取組に提案をつないでください。",
            field="title",
        )
    if fields.progress not in words.PROGRESS:
        raise RuleViolation("ideas.progress", "進み具合を一覧から選んでください。", field="progress")
    if fields.realised_on is not None and fields.realised_on > today():
        raise RuleViolation(
            "day_to_come", "日付がまだ来ていません。今日までの日付を入力してください。", field="realised_on"
        )
    if fields.hours is not None and other_than is not None and queries.counted_elsewhere(other_than):
        raise RuleViolation(
            "ideas.hours_twice",
            "つないだ記録で時間を数えているため、ここには削減時間を入力できません。欄を空にしてください。",
            field="hours",
        )
    return {
        "title": title,
        "text": fields.text.strip(),
        "progress": fields.progress,
        "since": fields.since.strip(),
        "realised_on": fields.realised_on,
        "department": fields.department,
        "hours": fields.hours,
        "citation": fields.citation,
    }


def _trail_values(realisation: Realisation, fields: TrailFields) -> dict[str, Any]:
    organisation = realisation.campaign.organisation_id
    target = fields.section or fields.indicator
    if target is not None and target.edition.plan.organisation_id != organisation:
        raise RuleViolation("foreign_organisation", "自分の団体のプランから選んでください。", field="target")
    if fields.section is not None:
        kind = "section"
    elif fields.indicator is not None:
        kind = "indicator"
    elif fields.key:
        kind = "record"
    elif fields.url.startswith(("https://", "http://", "/")):
        kind = "url"
    else:
        raise RuleViolation(
            "ideas.trail_where",
            "つながる先がありません。一覧から選ぶか、https:// で始まるアドレスを入力してください。",
            field="url",
        )
    if fields.key and Trail.objects.filter(realisation=realisation, key=fields.key).exists():
        raise RuleViolation("ideas.trail_twice", "その記録にはすでにつながっています。", field="key")
    label = fields.label.strip() or (str(target) if target is not None else fields.url)
    return {
        "kind": kind,
        "section": fields.section,
        "indicator": fields.indicator,
        "key": fields.key,
        "label": label[:200],
        "url": fields.url,
    }
