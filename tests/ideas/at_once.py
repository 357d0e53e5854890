"""One of two people who act on an idea at the same moment, as a process of its own (see test_at_once).

python -m tests.ideas.at_once ACT USERNAME [VERSION]    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.racing import run


def act(name: str, username: str, version: int = 0) -> str:
    """Do it; "done", or the code of the refusal."""
    from kaikaku.core.errors import RuleViolation
    from kaikaku.ideas import services
    from kaikaku.ideas.entries import TriageFields
    from kaikaku.ideas.models import Campaign, Idea
    from kaikaku.org.models import User
    from tests.ideas.campaign import DRESS, sent

    idea, by = Idea.objects.order_by("pk")[0], User.objects.get(username=username)
    track = {"takahashi": "realise_now", "endo": "start_now"}.get(username, "")
    fields = TriageFields(track, need="rules" if track == "start_now" else "")
    acts: dict[str, Callable[[], object]] = {
        "like": lambda: services.like(idea=idea, by=by),
        "decide": lambda: services.decide(ideas=[idea], fields=fields, by=by, seen={idea.pk: version}),
        "send": lambda: sent(Campaign.objects.get(), by, DRESS),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def people() -> int:
    """An idea of 小林's, and two of the office who may sort it. Returns its version."""
    from kaikaku.org.roles import Role
    from tests.cast import make_cast, person, post
    from tests.ideas.campaign import announced, sent

    cast = make_cast()
    post(cast.gyokaku, "副主査", Role.SECRETARIAT, person(cast.sakura, "endo", "遠藤"))
    return sent(announced(cast), cast.kobayashi).version


def tell() -> list[object]:
    """Likes counted and kept, decisions on record, numbers given, breaks of the log."""
    from kaikaku.audit.services import verify
    from kaikaku.ideas.models import Idea

    idea = Idea.objects.order_by("pk")[0]
    tracks = [triage.track for triage in idea.triages.all()]
    numbers = sorted(Idea.objects.values_list("number", flat=True))
    return [idea.liked, idea.likes.count(), idea.track, tracks, numbers, len(verify())]


if __name__ == "__main__":
    run(sys.argv[1:], prepare=people, tell=tell, act=act)
