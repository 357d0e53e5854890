"""What leaves a drafted edition: ended with its reason, or taken back because it was new there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.plans.models import Edition, Indicator, Lineage, Section
from kaikaku.plans.services.causes import hand_on_causes
from kaikaku.plans.services.guard import change, keys_below
from kaikaku.plans.services.settling import Part, change_link, drop_link, links_to, origin_of, settle, side

if TYPE_CHECKING:
    from kaikaku.org.models import User


def end_with_all_below(section: Section, values: dict[str, str], by: User | None) -> Section:
    """End a section of a draft, what is below it and their indicators; `values` are outcome and reason."""
    keys = keys_below(section)
    for inner in _sections(section.edition, keys - {section.pk}):
        _end(inner, values, by, new_too=True)
    end_indicators(_indicators(section.edition, keys), values, by, new_too=True)
    _end(section, values, by)
    return section


def end_indicators(
    indicators: Sequence[Indicator], values: dict[str, str], by: User | None, *, new_too: bool = False
) -> Sequence[Indicator]:
    """End indicators of a draft; `new_too` also takes those that were new in it."""
    for indicator in indicators:
        _end(indicator, values, by, new_too=new_too)
    return indicators


def forget_added(edition: Edition, keys: Collection[int], by: User | None) -> None:
    """Before sections of a draft are removed: what was carried over cannot be removed, only ended."""
    if edition.drafted_from_id is None:
        return
    for section in _sections(edition, keys):
        _forget(section, by)
    forget_added_indicators(edition, _indicators(edition, keys), by)


def forget_added_indicators(edition: Edition, indicators: Sequence[Indicator], by: User | None) -> None:
    """The same for indicators."""
    if edition.drafted_from_id is not None:
        for indicator in indicators:
            _forget(indicator, by)


def _forget(part: Part, by: User | None) -> None:
    links = links_to(part)
    if any(link.kind != "added" for link in links):
        raise RuleViolation(
            "carried_not_removed",
            f"「{part}」は前の版から引き継いだものです。削除ではなく「終了にする」か「統合する」を選ぶと、"
            "加除修正の一覧に理由とともに残ります。",
        )
    for link in links:
        drop_link(link, by=by, reason="次の版の案から削除")


def _end(part: Part, values: dict[str, str], by: User | None, *, new_too: bool = False) -> None:
    """Take a part out of the draft and say on its links how and why it ended."""
    links = links_to(part)
    if not new_too and all(origin_of(link) is None for link in links):
        raise RuleViolation(
            "new_not_ended",
            f"「{part}」はこの版で加えたものです。要らないときは「削除する」を選んでください。",
        )
    reason = values["end_reason"]
    for link in links:
        _end_link(link, part, values, by)
    name = "section" if isinstance(part, Section) else "indicator"
    gone = {**values, "removed_at": timezone.now().replace(microsecond=0)}
    change(part, gone, action=f"plans.{name}.ended", by=by, note=reason)


def _end_link(link: Lineage, part: Part, values: dict[str, str], by: User | None) -> None:
    """The origin of a part that ends has ended too, unless another part of the draft comes from it."""
    reason, origin, name = values["end_reason"], origin_of(link), side(part)
    others = [] if origin is None else _other_heirs(link, origin, part)
    if origin is None or others:
        drop_link(link, by=by, reason=reason)
        if len(others) == 1 and others[0].kind == "split":
            change_link(others[0], {"kind": "carried"}, by=by, note=reason)
            heir = others[0].to_section or others[0].to_indicator
            assert heir is not None
            settle(heir, by)
        return
    hand_on_causes(part.edition, part, origin)
    ended = {"kind": "ended", "outcome": values["ended_as"], "reason": reason, f"to_{name}": None}
    change_link(link, ended, by=by, note=reason)


def _other_heirs(link: Lineage, origin: Part, part: Part) -> list[Lineage]:
    name = side(part)
    chosen = {f"from_{name}": origin, f"to_{name}__edition": part.edition}
    return list(Lineage.objects.filter(**chosen).exclude(pk=link.pk).select_related(f"to_{name}__edition"))


def _sections(edition: Edition, keys: Collection[int]) -> list[Section]:
    rows = list(Section.objects.filter(pk__in=keys, removed_at__isnull=True))
    for row in rows:
        row.edition = edition
    return rows


def _indicators(edition: Edition, sections: Collection[int]) -> list[Indicator]:
    rows = list(Indicator.objects.filter(section__in=sections, removed_at__isnull=True))
    for row in rows:
        row.edition = edition
    return rows
