"""Evaluators: asked, and what they found; private notes beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import words
from kaikaku.ideas.entries import EvaluationFields
from kaikaku.ideas.models import Evaluation, Idea, Note
from kaikaku.ideas.services.guard import held, must_be_office, must_belong, put_on_record
from kaikaku.org.access import allowed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def ask_evaluators(
    *, ideas: Iterable[Idea], evaluators: Iterable[User], due: date | None, by: User | None
) -> int:
    """Put ideas before evaluators; how many requests are new. Who was asked before is not asked again."""
    rows, people = held(ideas), list(evaluators)
    if not people:
        raise RuleViolation("ideas.evaluators", "評価する人を選んでください。", field="evaluators")
    for idea in rows:
        must_be_office(idea.campaign.organisation, by)
    new = 0
    for idea in rows:
        asked = []
        for person in people:
            must_belong(idea.campaign.organisation, person)
            _, created = Evaluation.objects.get_or_create(idea=idea, evaluator=person, defaults={"due": due})
            asked += [person.name] if created else []
        if asked:
            put_on_record(
                "ideas.evaluation.asked", idea, campaign=idea.campaign, by=by, note="、".join(asked)
            )
        new += len(asked)
    return new


@transaction.atomic
def evaluate(*, evaluation: Evaluation, fields: EvaluationFields, by: User) -> Evaluation:
    """Say what one thinks of an idea; until the idea has reached its end it can be said anew."""
    if evaluation.evaluator_id != by.pk:
        raise RuleViolation("ideas.not_asked", "評価できるのは、評価を依頼された本人だけです。")
    idea = held([evaluation.idea])[0]
    if idea.state in ("realised", "declined", "withdrawn"):
        raise RuleViolation(
            "ideas.evaluated_late",
            f"この提案はすでに「{words.STATES[idea.state]}」のため、評価を変えられません。",
        )
    for name in ("feasibility", "benefit"):
        if getattr(fields, name) not in words.LEVELS:
            raise RuleViolation("ideas.level", "評価を一覧から選んでください。", field=name)
    evaluation.feasibility, evaluation.benefit = fields.feasibility, fields.benefit
    evaluation.text, evaluation.done_on = fields.text.strip(), today()
    evaluation.save(update_fields=["feasibility", "benefit", "text", "done_on"])
    put_on_record("ideas.evaluation.done", idea, campaign=idea.campaign, by=by)
    return evaluation


@transaction.atomic
def write_note(*, idea: Idea, text: str, by: User) -> Note:
    """A note among the office and the idea's evaluators. The log says that one was written, not what."""
    must_belong(idea.campaign.organisation, by)
    if not allowed(by, Role.SECRETARIAT) and not idea.evaluations.filter(evaluator=by).exists():
        raise RuleViolation(
            "ideas.note_private", "メモを書けるのは、事務局とこの提案の評価を依頼された人だけです。"
        )
    note = Note.objects.create(idea=idea, by=by, text=require_words(text, field="text", thing="メモ"))
    put_on_record("ideas.note.written", idea, campaign=idea.campaign, by=by)
    return note
