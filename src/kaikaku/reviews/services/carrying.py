"""What a draft does with what is still open: taken up in it, or left for now with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.reviews import words
from kaikaku.reviews.models import Handling, Loop, Opinion
from kaikaku.reviews.services.guard import must_belong, put_on_record, require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition


@transaction.atomic
def handle_in_draft(
    *, draft: Edition, thing: Loop | Opinion, choice: str, reason: str = "", by: User | None
) -> Handling:
    """Say whether a draft takes up a loop or an opinion; what is left for now says why. May be changed."""
    must_belong(draft, by)
    if draft.drafted_from_id is None or draft.state != "draft" or draft.locked_at is not None:
        raise RuleViolation("not_a_draft", "前の版から作成した「作成中」の版でだけ決められます。")
    edition = thing.edition if isinstance(thing, Loop) else thing.item.meeting.edition
    if edition.plan_id != draft.plan_id:
        raise RuleViolation("thing_elsewhere", "このプランの気づきか意見を選んでください。")
    if choice not in words.HANDLINGS:
        raise RuleViolation("choice_unknown", "扱いを一覧から選んでください。", field="choice")
    said = reason.strip()
    if choice == "leave":
        said = require_words(said, field="reason", thing="見送る理由")
    about = {"loop": thing} if isinstance(thing, Loop) else {"opinion": thing}
    values = {"choice": choice, "reason": said, "by": by}
    known = Handling.objects.filter(edition=draft, **about).first()
    old = {"choice": known.choice, "reason": known.reason} if known else None
    row, _ = Handling.objects.update_or_create(edition=draft, **about, defaults=values)
    put_on_record(
        "reviews.handling.decided",
        row,
        edition=draft,
        by=by,
        old=old,
        new={"choice": words.HANDLINGS[choice], "about": str(thing)},
        note=said,
    )
    return row
