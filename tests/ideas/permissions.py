"""Who may open the pages of ideas: staff their own and what is open, the office all, nobody the proposer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from kaikaku.ideas import services
from kaikaku.ideas.entries import CaseFields, ListedFields, MilestoneFields, TrailFields
from kaikaku.ideas.models import Campaign, Listed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.ideas import campaign as making
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = tuple(role for role in Role if role is not Role.MEMBER)
# 佐藤 (担当, 税務課), 鈴木 (所属長, 総務部 above it) and the office speak for 税務課
SECTION = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF)

Make = Callable[[Cast], Mapping[str, Any]]


def _of(make: Callable[[Cast], Any]) -> Make:
    return lambda cast: {"pk": make(cast).pk}


def _ended(cast: Cast) -> Campaign:
    days = {"opens_on": today() - timedelta(days=30), "closes_on": today() - timedelta(days=1)}
    return making.announced(cast, **days)


def _idea(cast: Cast) -> Any:
    return making.sent(making.announced(cast), cast.kobayashi)


def _own(cast: Cast) -> Any:
    return making.sent(making.announced(cast), cast.kobayashi)


def _draft(cast: Cast) -> Any:
    return making.draft(making.announced(cast), cast.kobayashi)


def _comment(cast: Cast) -> Any:
    return services.comment(idea=_idea(cast), text="よいと思います。", by=cast.sato)


def _act(what: str, *, delegated: bool = False) -> Make:
    def make(cast: Cast) -> Mapping[str, Any]:
        idea = _idea(cast)
        if delegated:
            making.decided(cast, idea, "delegated", department=cast.zeimu)
        return {"pk": idea.campaign_id, "what": what}

    return make


def _evaluation(cast: Cast) -> Any:
    idea = _idea(cast)
    services.ask_evaluators(ideas=[idea], evaluators=[cast.suzuki], due=None, by=cast.takahashi)
    return idea.evaluations.get()


def _realisation(cast: Cast) -> Any:
    return making.realisation(cast, making.announced(cast))


def _listed(cast: Cast) -> Listed:
    fields = ListedFields("ペーパーレス", "紙をなくす")
    return services.list_realisation(realisation=_realisation(cast), fields=fields, by=cast.takahashi)


def _fulfilment(cast: Cast) -> Any:
    idea = making.decided(cast, _idea(cast))
    made = making.realisation(cast, idea.campaign)
    return services.fulfil(ideas=[idea], realisation=made, by=cast.takahashi)[0]


def _trail(cast: Cast) -> Any:
    fields = TrailFields(label="手引き", url="https://example.jp/")
    return services.add_trail(realisation=_realisation(cast), fields=fields, by=cast.takahashi)


def _rollout(cast: Cast) -> Any:
    return services.offer(
        realisation=_realisation(cast), departments=[cast.zeimu], due=None, by=cast.takahashi
    )[0]


def _casebook(cast: Cast) -> Any:
    campaign = making.announced(cast)
    return services.make_casebook(campaign=campaign, title="実践事例集", by=cast.takahashi)


def _case(cast: Cast) -> Any:
    return services.add_case(
        casebook=_casebook(cast), fields=CaseFields("会議", "画面で会議"), by=cast.takahashi
    )


def _issued(cast: Cast) -> Any:
    return services.issue_casebook(casebook=_case(cast).casebook, by=cast.takahashi)


def _milestone(cast: Cast) -> Any:
    fields = MilestoneFields(title="第1弾の発表", first=today(), last=today())
    return services.add_milestone(campaign=making.announced(cast), fields=fields, by=cast.takahashi)


def _theme(cast: Cast) -> Any:
    return services.make_theme(campaign=making.announced(cast), title="紙", by=cast.takahashi)


CAMPAIGN = _of(making.announced)
ME = (Role.EMPLOYEE,)

ROWS = {
    "ideas:index": Row(STAFF),
    "ideas:new_campaign": Row(OFFICE),
    "ideas:campaign": Row(STAFF, CAMPAIGN),
    "ideas:revise_campaign": Row(OFFICE, CAMPAIGN),
    "ideas:announce": Row(OFFICE, CAMPAIGN, post={}),
    "ideas:close": Row(OFFICE, _of(_ended), post={}),
    "ideas:tell": Row(OFFICE, CAMPAIGN, post={}),
    "ideas:add_milestone": Row(OFFICE, CAMPAIGN),
    "ideas:remove_milestone": Row(OFFICE, _of(_milestone), post={}),
    "ideas:fates": Row(STAFF, CAMPAIGN),
    "ideas:statistics": Row(STAFF, CAMPAIGN),
    "ideas:write": Row(STAFF, CAMPAIGN),
    "ideas:autosave": Row(STAFF, CAMPAIGN, post={"proposal": "会議を短くします。"}),
    "ideas:similar": Row(STAFF, CAMPAIGN, post={"proposal": "会議を短くします。"}),
    "ideas:mine": Row(ME, _of(_own)),
    "ideas:edit": Row(ME, _of(_draft)),
    "ideas:read": Row(ME, _of(_own), post={}),
    "ideas:discard": Row(ME, _of(_draft), post={}),
    "ideas:withdraw": Row(ME, _of(_own), post={}),
    "ideas:consent": Row(ME, _of(_own), post={"to": "open"}),
    "ideas:ideas": Row(STAFF, CAMPAIGN),
    "ideas:idea": Row(STAFF, _of(_idea)),
    "ideas:like": Row(STAFF, _of(_idea), post={"to": "on"}),
    "ideas:comment": Row(STAFF, _of(_idea), post={"text": "賛成です。"}),
    "ideas:note": Row(STAFF, _of(_idea), post={"text": "メモ"}),
    "ideas:reopen": Row(OFFICE, _of(_idea)),
    "ideas:hide_comment": Row(OFFICE, _of(_comment)),
    "ideas:triage": Row(OFFICE, CAMPAIGN),
    "ideas:act": Row(OFFICE, _act("decide")),
    "ideas:clusters": Row(OFFICE, CAMPAIGN),
    "ideas:make_theme": Row(OFFICE, CAMPAIGN, post={"title": "紙"}),
    "ideas:rename_theme": Row(OFFICE, _of(_theme)),
    "ideas:evaluation": Row((Role.CHIEF,), _of(_evaluation)),
    "ideas:realisations": Row(STAFF, CAMPAIGN),
    "ideas:new_realisation": Row(OFFICE, CAMPAIGN),
    "ideas:realisation": Row(STAFF, _of(_realisation)),
    "ideas:revise_realisation": Row(OFFICE, _of(_realisation)),
    "ideas:add_listed": Row(OFFICE, _of(_realisation)),
    "ideas:remove_listed": Row(OFFICE, _of(_listed), post={}),
    "ideas:unlink": Row(OFFICE, _of(_fulfilment)),
    "ideas:add_trail": Row(OFFICE, _of(_realisation)),
    "ideas:remove_trail": Row(OFFICE, _of(_trail), post={}),
    "ideas:offer": Row(OFFICE, _of(_realisation)),
    "ideas:rollout": Row(SECTION, _of(_rollout)),
    "ideas:new_casebook": Row(OFFICE, CAMPAIGN),
    "ideas:casebook": Row(STAFF, _of(_issued)),
    "ideas:revise_casebook": Row(OFFICE, _of(_casebook)),
    "ideas:fill_casebook": Row(OFFICE, _of(_casebook), post={}),
    "ideas:issue_casebook": Row(OFFICE, _of(_issued), post={}),
    "ideas:take_back_casebook": Row(OFFICE, _of(_issued)),
    "ideas:add_case": Row(OFFICE, _of(_issued)),
    "ideas:casebook_paper": Row(STAFF, lambda cast: {"pk": _issued(cast).pk, "kind": "docx"}),
    "ideas:revise_case": Row(OFFICE, _of(_case)),
    "ideas:remove_case": Row(OFFICE, _of(_case), post={}),
}
