"""実践事例集: made from what was realised, edited, issued."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.entries import CaseFields
from kaikaku.ideas.models import Campaign, Case, Casebook, Realisation
from kaikaku.ideas.queries.linking import credits_of
from kaikaku.ideas.services.guard import must_be_office, put_on_record
from kaikaku.org.queries import today
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.ideas.queries.linking import Credit
    from kaikaku.org.models import User


@transaction.atomic
def make_casebook(*, campaign: Campaign, title: str, introduction: str = "", by: User | None) -> Casebook:
    """A casebook, still empty."""
    must_be_office(campaign.organisation, by)
    title = _title(campaign, title, other_than=None)
    values = {"title": title, "introduction": introduction.strip()}
    casebook = Casebook.objects.create(campaign=campaign, **values)
    put_on_record("ideas.casebook.made", casebook, campaign=campaign, by=by, new=values)
    return casebook


@transaction.atomic
def revise_casebook(*, casebook: Casebook, title: str, introduction: str, by: User | None) -> Casebook:
    """Change the title and what stands in front."""
    casebook = _open(casebook, by)
    old = {"title": casebook.title, "introduction": casebook.introduction}
    casebook.title = _title(casebook.campaign, title, other_than=casebook)
    casebook.introduction = introduction.strip()
    new = {"title": casebook.title, "introduction": casebook.introduction}
    if new != old:
        casebook.save(update_fields=["title", "introduction"])
        put_on_record("ideas.casebook.revised", casebook, campaign=casebook.campaign, by=by, old=old, new=new)
    return casebook


@transaction.atomic
def add_case(*, casebook: Casebook, fields: CaseFields, by: User | None) -> Case:
    """Put a case at the end of the book."""
    casebook = _open(casebook, by)
    last = casebook.cases.aggregate(last=Max("position"))["last"]
    values = {**_values(casebook, fields), "position": 0 if last is None else last + 1}
    case = Case.objects.create(casebook=casebook, **values)
    put_on_record("ideas.case.added", case, campaign=casebook.campaign, by=by, new=values)
    return case


@transaction.atomic
def add_realised(*, casebook: Casebook, by: User | None) -> list[Case]:
    """Begin a case of every realisation on the campaign's list that is in no case of this book yet."""
    casebook = _open(casebook, by)
    taken = casebook.cases.filter(realisation__isnull=False).values("realisation")
    waiting = Realisation.objects.filter(campaign=casebook.campaign, progress="done").exclude(pk__in=taken)
    rows = list(waiting.select_related("department").prefetch_related("listed"))
    if not rows:
        raise RuleViolation(
            "ideas.no_cases_wait",
            "事例にしていない「実現した取組」はありません。新しい事例は1件ずつ加えてください。",
        )
    credits = credits_of(casebook.campaign.organisation, rows).by_key
    return [add_case(casebook=casebook, fields=_begun(row, credits[row.pk]), by=by) for row in rows]


@transaction.atomic
def revise_case(*, case: Case, fields: CaseFields, by: User | None) -> Case:
    """Edit a case."""
    casebook = _open(case.casebook, by)
    values = _values(casebook, fields)
    old = {name: getattr(case, name) for name in values if getattr(case, name) != values[name]}
    if old:
        for name in old:
            setattr(case, name, values[name])
        case.save(update_fields=list(old))
        new = {name: values[name] for name in old}
        put_on_record("ideas.case.revised", case, campaign=casebook.campaign, by=by, old=old, new=new)
    return case


@transaction.atomic
def remove_case(*, case: Case, by: User | None) -> None:
    """Take a case out of a book that is not issued; what it was stays in the log."""
    casebook = _open(case.casebook, by)
    old = {"title": case.title, "summary": case.summary}
    put_on_record("ideas.case.removed", case, campaign=casebook.campaign, by=by, old=old)
    case.delete()


@transaction.atomic
def issue_casebook(*, casebook: Casebook, on: date | None = None, by: User | None) -> Casebook:
    """Issue the book: everyone who works here may read it, and the next publication carries it.

    `on` is the day of a book that was issued before it came in here; None is today.
    """
    casebook = _open(casebook, by)
    if not casebook.cases.exists():
        raise RuleViolation(
            "ideas.casebook_empty", "事例がまだありません。1件以上を加えてから発行してください。"
        )
    casebook.issued_on = on or today()
    casebook.save(update_fields=["issued_on"])
    put_on_record("ideas.casebook.issued", casebook, campaign=casebook.campaign, by=by)
    return casebook


@transaction.atomic
def take_back_casebook(*, casebook: Casebook, reason: str, by: User | None) -> Casebook:
    """Take an issued book back for another edit."""
    casebook = _held(casebook)
    must_be_office(casebook.campaign.organisation, by)
    said = require_words(reason, field="reason", thing="編集に戻す理由")
    if casebook.issued_on is None:
        raise RuleViolation("ideas.not_issued", "この事例集はまだ発行されていません。そのまま編集できます。")
    casebook.issued_on = None
    casebook.save(update_fields=["issued_on"])
    put_on_record("ideas.casebook.taken_back", casebook, campaign=casebook.campaign, by=by, note=said)
    return casebook


def _held(casebook: Casebook) -> Casebook:
    rows = Casebook.objects.select_for_update(of=("self",)).select_related("campaign__organisation")
    return rows.get(pk=casebook.pk)


def _open(casebook: Casebook, by: User | None) -> Casebook:
    held = _held(casebook)
    must_be_office(held.campaign.organisation, by)
    if held.issued_on is not None:
        raise RuleViolation(
            "ideas.casebook_issued",
            "発行した事例集は変更できません。「編集に戻す」を押してから変更してください。",
        )
    return held


def _title(campaign: Campaign, title: str, *, other_than: Casebook | None) -> str:
    title = require_words(title, field="title", thing="名称")
    same = Casebook.objects.filter(campaign=campaign, title=title)
    if (same.exclude(pk=other_than.pk) if other_than else same).exists():
        raise RuleViolation(
            "ideas.casebook_twice",
            f"「{title}」という事例集がすでにあります。別の名称にしてください。",
            field="title",
        )
    return title


def _begun(realisation: Realisation, credit: Credit) -> CaseFields:
    """What is known of a realisation, as the beginning of its case."""
    effect = f"削減時間は{credit.why}" if credit.why else ""
    if credit.hours is not None:
        effect = f"1年間に{credit.shown}時間の削減"
    listed = next((row for row in realisation.listed.all() if not row.cross_listed), None)
    return CaseFields(
        category=listed.category if listed else "その他",
        title=listed.title if listed else realisation.title,
        summary=realisation.text or realisation.title,
        effect=effect,
        department=realisation.department,
        realisation=realisation,
        citation=realisation.citation,
    )


def _values(casebook: Casebook, fields: CaseFields) -> dict[str, Any]:
    realisation = fields.realisation
    if realisation is not None and realisation.campaign.organisation_id != casebook.campaign.organisation_id:
        raise RuleViolation("foreign_organisation", "自分の団体の取組を選んでください。", field="realisation")
    texts = ("summary", "before", "after", "steps", "effect")
    return {
        "category": require_words(fields.category, field="category", thing="カテゴリ"),
        "title": require_words(fields.title, field="title", thing="題名"),
        **{name: getattr(fields, name).strip() for name in texts},
        "department": fields.department,
        "realisation": realisation,
        "citation": fields.citation,
    }
