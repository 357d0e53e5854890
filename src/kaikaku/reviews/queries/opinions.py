"""Opinions and what became of them (反映状況)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.core.lineage import word_diff
from kaikaku.org.access import allowed
from kaikaku.org.models import Department
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import words
from kaikaku.reviews.models import About, AgendaItem, Answer, Opinion
from kaikaku.reviews.queries.access import sees_meetings

if TYPE_CHECKING:
    from kaikaku.org.models import User

OPINION = "reviews:opinion"  # what plans call an opinion that a change is said to come from
IN_CHARGE = (Role.CLERK, Role.CHIEF)


class Owners:
    """Which department is in charge of what, for many rows at once: one query for the sections."""

    def __init__(self, editions: Iterable[int]) -> None:
        rows = Section.objects.filter(edition__in=set(editions)).values_list("pk", "parent", "owner")
        self._sections = {pk: (parent, owner) for pk, parent, owner in rows}

    def of(self, row: About) -> int | None:
        """The department of an indicator or section, or of the nearest section above that has one."""
        return self._above(row.indicator, row.section_id)

    def of_part(self, part: Section | Indicator) -> int | None:
        """The same for an item itself."""
        if isinstance(part, Section):
            return self._above(None, part.pk)
        return self._above(part, None)

    def _above(self, indicator: Indicator | None, section: int | None) -> int | None:
        if indicator is not None and indicator.owner_id is not None:
            return indicator.owner_id
        here = indicator.section_id if indicator is not None else section
        while here is not None:
            parent, owner = self._sections.get(here, (None, None))
            if owner is not None:
                return int(owner)
            here = parent
        return None


def owner_of(row: About) -> Department | None:
    """The department in charge of what a row is about, if the plan names one."""
    key = Owners([row.edition_id]).of(row)
    return Department.objects.filter(pk=key).first() if key is not None else None


def may_answer(user: User, item: AgendaItem) -> bool:
    """Whether the user answers for the section in charge: its 担当 and 所属長, and the office for all."""
    if allowed(user, Role.SECRETARIAT):
        return True
    owner = Owners([item.edition_id]).of(item)
    return owner is not None and owner in department_ids_of(user, None, *IN_CHARGE)


def my_opinion(user: User, item: AgendaItem) -> Opinion | None:
    """What the member has written of the item so far."""
    return Opinion.objects.filter(item=item, by=user).first()


def opinions_seen(user: User, opinions: Iterable[Opinion]) -> list[Opinion]:
    """Of these, what the user may read: members see their own, and the others' once they are answered."""
    if sees_meetings(user):
        return list(opinions)
    return [o for o in opinions if o.by_id == user.pk or (o.is_public and answer_of(o) is not None)]


def answer_of(opinion: Opinion) -> Answer | None:
    """The answer, None while there is none."""
    return getattr(opinion, "answer", None)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A line of the 反映状況: an opinion, what was answered, and the line that it changed.

    `change` holds the words struck and added from the item to the line of the later edition.
    """

    key: int
    number: int
    meeting: str
    held_on: date
    item: str
    item_key: int
    by: str
    mine: bool
    text: str
    is_public: bool
    stance: str
    answer: str
    department: str
    target: str
    target_edition: str
    target_url_name: str
    target_key: int | None
    change: tuple[tuple[str, str], ...]

    @property
    def stance_words(self) -> str:
        return words.STANCES.get(self.stance, words.UNANSWERED)


def report_rows(edition: Edition, *, user: User | None = None, public_only: bool = False) -> list[ReportRow]:
    """The opinions on an edition with their answers; `user` None is the printer, who prints what is public.

    A constant number of queries.
    """
    opinions: Iterable[Opinion] = (
        Opinion.objects.filter(item__meeting__edition=edition, item__removed_at__isnull=True)
        .select_related(
            "item__meeting",
            "item__section",
            "item__indicator",
            "by",
            "answer__department",
            "answer__to_section__edition",
            "answer__to_indicator__edition",
        )
        .order_by("item__meeting__held_on", "item__meeting", "item__position", "pk")
    )
    seen = list(opinions) if user is None else opinions_seen(user, opinions)
    if public_only:
        seen = [opinion for opinion in seen if opinion.is_public]
    cited = plans.parts_changed_by(OPINION, [opinion.pk for opinion in seen])
    return [_row(number, opinion, user, cited.get(opinion.pk, [])) for number, opinion in enumerate(seen, 1)]


def _row(number: int, opinion: Opinion, user: User | None, cited: Sequence[Section | Indicator]) -> ReportRow:
    item, answer = opinion.item, answer_of(opinion)
    target = (answer.target if answer else None) or next(iter(cited), None)
    return ReportRow(
        key=opinion.pk,
        number=number,
        meeting=item.meeting.title,
        held_on=item.meeting.held_on,
        item=str(item.subject),
        item_key=item.pk,
        by=opinion.by.name,
        mine=user is not None and opinion.by_id == user.pk,
        text=opinion.text,
        is_public=opinion.is_public,
        stance=answer.stance if answer else "",
        answer=answer.text if answer else "",
        department=answer.department.name if answer and answer.department else "",
        target=str(target) if target else "",
        target_edition=target.edition.title if target else "",
        target_url_name=f"plans:{target._meta.model_name}" if target else "",
        target_key=target.pk if target else None,
        change=tuple(change_to(item.subject, target)) if target else (),
    )


def change_to(before: Section | Indicator, after: Section | Indicator) -> list[tuple[str, str]]:
    """What the words of an item became: struck and added; across kinds, the new words alone."""
    return word_diff(_words(before) if type(before) is type(after) else "", _words(after))


def _words(part: Section | Indicator) -> str:
    if isinstance(part, Section):
        return "\n".join(text for text in (part.title, part.subtitle, part.body) if text)
    return "\n".join(text for text in (part.name, part.definition) if text)


def stance_counts(rows: Iterable[ReportRow]) -> Mapping[str, int]:
    """How many of each answer, in the order of the form, the unanswered last; those of none left out."""
    counts = dict.fromkeys([*words.STANCES.values(), words.UNANSWERED], 0)
    for row in rows:
        counts[row.stance_words] += 1
    return {name: count for name, count in counts.items() if count}
