"""What members write of an item, and what the section in charge answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import roles_of, today
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.reviews import words
from kaikaku.reviews.entries import AnswerFields
from kaikaku.reviews.models import AgendaItem, Answer, Opinion
from kaikaku.reviews.queries.causes import opinion_cause
from kaikaku.reviews.queries.opinions import may_answer, owner_of
from kaikaku.reviews.services.guard import leading_to, must_belong, put_on_record, require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Indicator, Section


@transaction.atomic
def write_opinion(*, item: AgendaItem, text: str, by: User) -> Opinion:
    """A member's opinion of an item; until the due day, and while it is not answered, it can be reworded."""
    item = AgendaItem.objects.select_related("meeting__edition__plan__organisation").get(pk=item.pk)
    meeting, edition = item.meeting, item.meeting.edition
    must_belong(edition, by)
    if Role.MEMBER not in roles_of(by):
        raise RuleViolation("not_a_member", "意見を書けるのは委員だけです。")
    if meeting.opened_at is None or item.removed_at is not None:
        raise RuleViolation("not_opened", "この議題は委員に公開されていません。事務局に確かめてください。")
    if meeting.opinions_due is not None and today() > meeting.opinions_due:
        raise RuleViolation(
            "opinions_closed",
            f"意見の締切（{show_date(meeting.opinions_due)}）を過ぎています。事務局に連絡してください。",
        )
    words_of = require_words(text, field="text", thing="意見")
    opinion = Opinion.objects.select_for_update(of=("self",)).filter(item=item, by=by).first()
    if opinion is None:
        opinion = Opinion.objects.create(item=item, by=by, text=words_of)
        new = {"text": words_of, "item": str(item)}
        put_on_record("reviews.opinion.written", opinion, edition=edition, by=by, new=new)
        return opinion
    if Answer.objects.filter(opinion=opinion).exists():
        raise RuleViolation(
            "opinion_answered", "すでに回答があるため、意見を書き直せません。事務局に連絡してください。"
        )
    if opinion.text != words_of:
        old, opinion.text = {"text": opinion.text}, words_of
        opinion.written_at = timezone.now()
        opinion.save(update_fields=["text", "written_at"])
        new = {"text": words_of}
        put_on_record("reviews.opinion.revised", opinion, edition=edition, by=by, old=old, new=new)
    return opinion


@transaction.atomic
def answer_opinion(*, opinion: Opinion, fields: AnswerFields, by: User) -> Answer:
    """Answer an opinion for the section in charge, or word the answer anew; `target` may follow later."""
    opinion = _held(opinion)
    item = opinion.item
    edition = item.meeting.edition
    must_belong(edition, by)
    if not may_answer(by, item):
        raise RuleViolation(
            "not_in_charge",
            f"「{item}」の所管ではないため回答できません。所管の担当・所属長か事務局が回答します。",
        )
    values = _answer_values(item, fields)
    answer = Answer.objects.filter(opinion=opinion).first()
    _cite(opinion, before=answer.target if answer else None, after=fields.target, by=by)
    if answer is None:
        answer = Answer.objects.create(opinion=opinion, by=by, department=owner_of(item), **values)
        put_on_record("reviews.answer.given", answer, edition=edition, by=by, new=values)
        return answer
    old = {name: getattr(answer, name) for name in values if getattr(answer, name) != values[name]}
    if old:
        for name, value in values.items():
            setattr(answer, name, value)
        answer.by, answer.answered_at = by, timezone.now()
        answer.save()
        new = {name: values[name] for name in old}
        put_on_record("reviews.answer.revised", answer, edition=edition, by=by, old=old, new=new)
    return answer


def _cite(
    opinion: Opinion, *, before: Section | Indicator | None, after: Section | Indicator | None, by: User
) -> None:
    """Let the line that an opinion changed name it in its own edition, as far as that is open."""
    if before == after:
        return
    cause = opinion_cause(opinion)
    if before is not None and before.edition.locked_at is None:
        plans.withdraw_cause(
            edition=before.edition, part=before, source=cause.source, source_key=cause.source_key, by=by
        )
    if after is not None and after.edition.locked_at is None:
        plans.cite_cause(edition=after.edition, part=after, cause=cause, by=by)


@transaction.atomic
def set_publicity(*, opinion: Opinion, is_public: bool, by: User | None) -> Opinion:
    """Say whether an opinion, with its answer, is published."""
    opinion = _held(opinion)
    edition = opinion.item.meeting.edition
    must_belong(edition, by)
    if opinion.is_public != is_public:
        old, new = {"is_public": opinion.is_public}, {"is_public": is_public}
        opinion.is_public = is_public
        opinion.save(update_fields=["is_public"])
        put_on_record("reviews.opinion.publicity_set", opinion, edition=edition, by=by, old=old, new=new)
    return opinion


def _held(opinion: Opinion) -> Opinion:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related(
        "item__meeting__edition__plan__organisation",
        "item__section__edition",
        "item__indicator__edition",
        "item__indicator__section",
    )
    return rows.get(pk=opinion.pk)


def _answer_values(item: AgendaItem, fields: AnswerFields) -> dict[str, Any]:
    if fields.stance not in words.STANCES:
        raise RuleViolation("stance_unknown", "対応を一覧から選んでください。", field="stance")
    text = require_words(fields.text, field="text", thing="対応方針")
    target = fields.target
    if target is not None and fields.stance not in words.LEADING:
        raise RuleViolation(
            "not_reflected_leads_nowhere",
            "反映した箇所を選べるのは「反映する」「一部反映する」のときだけです。箇所の選択を外してください。",
            field="target",
        )
    if target is not None and target.edition_id == item.edition_id:
        raise RuleViolation(
            "target_in_same_edition",
            "意見の対象と同じ版は選べません。反映した先の、次の版の見出しか指標を選んでください。",
            field="target",
        )
    return {"stance": fields.stance, "text": text, **leading_to(target, from_=item.subject)}
