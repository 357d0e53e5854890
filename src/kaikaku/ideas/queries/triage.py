"""The office's list of ideas and what stands beside one. Nothing here knows who proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kaikaku.ideas import words
from kaikaku.ideas.axes import Axis, read_axes
from kaikaku.ideas.models import (
    Answer,
    AxisValue,
    Campaign,
    Comment,
    Evaluation,
    Fulfilment,
    Idea,
    Label,
    Like,
    Note,
    Theme,
    Triage,
)
from kaikaku.ideas.queries.access import ideas_for, open_ideas
from kaikaku.ideas.queries.similar import Alike, clusters_of, similar
from kaikaku.org.access import allowed
from kaikaku.org.models import User as Person
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.ui.search import search_key

if TYPE_CHECKING:
    from kaikaku.org.models import User

PER_PAGE = 50
SORTS = {"number": ("number",), "-number": ("-number",), "-liked": ("-liked", "number")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a campaign's ideas is asked for; "" and None are all."""

    state: str = ""
    track: str = ""
    theme: int | None = None
    label: int | None = None
    axis: str = ""
    value: str = ""
    unanswered: bool = False
    undecided: bool = False
    words: str = ""
    sort: str = "number"
    page: int = 1


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea in the office's list."""

    idea: Idea
    labels: tuple[str, ...]
    values: tuple[str, ...]
    asked: int
    evaluated: int


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """A page of the list, and how many there are of each kind."""

    rows: tuple[IdeaRow, ...]
    found: int
    page: int
    pages: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside an idea. The private part is empty for those who may not see it."""

    values: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]
    answers: tuple[Answer, ...]
    fulfilments: tuple[Fulfilment, ...]
    comments: tuple[Comment, ...]
    triages: tuple[Triage, ...]
    evaluations: tuple[Evaluation, ...]
    notes: tuple[Note, ...]
    alike: tuple[Alike, ...]
    liked: bool


def idea_page(campaign: Campaign, wanted: Wanted) -> IdeaPage:
    """The ideas asked for, a page of them read from the database; constant queries."""
    ideas = Idea.objects.filter(campaign=campaign).exclude(state="draft")
    states = dict(ideas.order_by().values_list("state").annotate(count=Count("pk")))
    found = _filtered(ideas, wanted)
    count = found.count()
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    order = SORTS.get(wanted.sort, SORTS["number"])
    rows = found.order_by(*order).select_related("theme", "delegated_to").defer("search_key")
    return IdeaPage(
        rows=tuple(_rows(list(rows[(page - 1) * PER_PAGE : page * PER_PAGE]))),
        found=count,
        page=page,
        pages=pages,
        states=states,
    )


def _filtered(ideas: QuerySet[Idea], wanted: Wanted) -> QuerySet[Idea]:
    if wanted.state in words.STATES:
        ideas = ideas.filter(state=wanted.state)
    if wanted.track in words.TRACKS:
        ideas = ideas.filter(track=wanted.track)
    if wanted.theme is not None:
        ideas = ideas.filter(theme=wanted.theme)
    if wanted.label is not None:
        ideas = ideas.filter(labels=wanted.label)
    if wanted.axis and wanted.value:
        ideas = ideas.filter(values__axis=wanted.axis, values__value=wanted.value)
    if wanted.undecided:
        ideas = ideas.filter(state__in=("received", "clustered"))
    if wanted.unanswered:
        ideas = ideas.filter(first_answered_on__isnull=True).exclude(state="withdrawn")
    for word in wanted.words.split():
        if word.isdecimal() and len(word) < 7:
            ideas = ideas.filter(Q(number=int(word)) | Q(search_key__contains=search_key(word)))
        else:
            ideas = ideas.filter(search_key__contains=search_key(word))
    return ideas


def _rows(ideas: list[Idea]) -> Iterable[IdeaRow]:
    keys = [idea.pk for idea in ideas]
    labels: dict[int, list[str]] = defaultdict(list)
    marks = Label.ideas.through.objects.filter(idea__in=keys).values_list("idea", "label__name")
    for key, name in marks:
        labels[key].append(name)
    values: dict[int, list[str]] = defaultdict(list)
    for key, value in AxisValue.objects.filter(idea__in=keys).values_list("idea", "value"):
        values[key].append(value)
    counted = Evaluation.objects.filter(idea__in=keys).order_by().values("idea")
    asked = counted.annotate(asked=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    evaluations = {row["idea"]: (row["asked"], row["done"]) for row in asked}
    for idea in ideas:
        many, done = evaluations.get(idea.pk, (0, 0))
        yield IdeaRow(idea, tuple(labels[idea.pk]), tuple(values[idea.pk]), many, done)


def open_axes(campaign: Campaign) -> tuple[Axis, ...]:
    """The axes by which the list may be filtered: none that tells something of a proposer."""
    return tuple(axis for axis in read_axes(campaign.axes) if not axis.personal)


def themes_of(campaign: Campaign) -> list[Theme]:
    """The campaign's themes in their order, each with how many ideas it has."""
    sent = Count("ideas", filter=~Q(ideas__state="draft"))
    return list(Theme.objects.filter(campaign=campaign).annotate(count=sent))


def labels_of(campaign: Campaign) -> list[Label]:
    """The government's labels."""
    return list(Label.objects.filter(organisation=campaign.organisation_id))


def chosen_ideas(user: User, campaign: Campaign, keys: Iterable[int]) -> list[Idea]:
    """The sent ideas of a campaign that were ticked and that the user may read, in order."""
    return list(ideas_for(user).filter(campaign=campaign, pk__in=list(keys)).order_by("number"))


def evaluators_for(user: User) -> list[tuple[int, str]]:
    """Who can be asked: who holds a post of 担当, 所属長, 本部員 or 事務局 today; (key, post and name)."""
    from kaikaku.org.models import Holding
    from kaikaku.org.queries import in_force

    roles = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK)
    held = Holding.objects.filter(
        in_force(today(), first="from_day", last="to_day"),
        user__organisation=user.organisation_id,
        user__is_active=True,
        post__role__in=roles,
    ).select_related("user", "post__department")
    found: dict[int, str] = {}
    for holding in held.order_by("post__department__position", "post__department", "post"):
        found.setdefault(
            holding.user_id, f"{holding.post.department.name} {holding.post.title}　{holding.user.name}"
        )
    return list(found.items())


def people_among(user: User, keys: Iterable[int]) -> list[User]:
    """Accounts of the user's government."""
    return list(Person.objects.filter(organisation=user.organisation_id, pk__in=list(keys)))


def beside(user: User, idea: Idea) -> Beside:
    """What stands beside an idea for this reader; constant queries."""
    office = allowed(user, Role.SECRETARIAT)
    evaluator = Evaluation.objects.filter(idea=idea, evaluator=user).exists()
    private = office or evaluator
    shared = idea.may_publish or private
    names = {axis.key: axis.label for axis in open_axes(idea.campaign)}
    return Beside(
        values=tuple((names.get(v.axis, v.axis), v.value) for v in idea.values.all()),
        labels=tuple(idea.labels.all()) if private else (),
        answers=tuple(idea.answers.all()),
        fulfilments=tuple(idea.fulfilments.select_related("realisation")),
        comments=tuple(idea.comments.select_related("by")) if shared else (),
        triages=tuple(idea.triages.select_related("by", "department")) if private else (),
        evaluations=tuple(idea.evaluations.select_related("evaluator")) if private else (),
        notes=tuple(idea.notes.select_related("by")) if private else (),
        alike=tuple(_alike(user, idea)) if private else (),
        liked=Like.objects.filter(idea=idea, user=user).exists(),
    )


def _alike(user: User, idea: Idea) -> list[Alike]:
    sent = ideas_for(user).filter(campaign__organisation=idea.campaign.organisation_id)
    return similar(idea.campaign.organisation_id, idea.text, among=sent, without=idea.pk)


def similar_for(user: User, text: str, *, without: int | None = None) -> list[Alike]:
    """Ideas of colleagues like what is being written; only those that everyone may read."""
    if user.organisation_id is None:
        return []
    return similar(user.organisation_id, text, among=open_ideas(user), without=without)


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap of ideas that may make a theme; `title` is that of the idea in its middle."""

    title: str
    ideas: tuple[Idea, ...]


def heaps_of(campaign: Campaign) -> list[Heap]:
    """The heaps of alike ideas that are in no theme, the largest first."""
    clusters = clusters_of(campaign)
    wanted = [key for one in clusters for key in one.ideas]
    ideas = Idea.objects.defer("search_key").in_bulk(wanted)
    return [Heap(ideas[one.middle].title, tuple(ideas[key] for key in one.ideas)) for one in clusters]


def evaluations_of(user: User) -> list[Evaluation]:
    """What the user was asked to evaluate, the undone first, then by due day."""
    rows = Evaluation.objects.filter(evaluator=user).exclude(idea__state="withdrawn")
    found = rows.select_related("idea__campaign", "idea__theme")
    return sorted(
        found, key=lambda one: (one.done_on is not None, one.due is None, one.due or today(), one.pk)
    )
