"""Who may open the pages of plans: everyone of the government reads, the secretariat writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kaikaku.core.ratings import SCHEMES
from kaikaku.core.rollup import Method, Policy
from kaikaku.org.roles import Role
from kaikaku.plans import queries, services
from kaikaku.plans.entries import EditionFields, FootnoteFields, ItemFields, SectionFields, TableFields
from kaikaku.plans.models import Edition
from tests.cast import Cast
from tests.plans import yamagata
from tests.site.permissions import EVERYONE, Row

OFFICE = (Role.SECRETARIAT,)


def edition(cast: Cast) -> Edition:
    """A rated edition of さくら県."""
    plan = services.create_plan(organisation=cast.sakura, name="行財政改革推進プラン", by=None)
    made = services.create_edition(plan=plan, fields=EditionFields("令和4年度", 2022), by=None)
    services.build_edition(edition=made, filling=yamagata.filling(), by=None)
    return services.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=None)


def _plan(cast: Cast) -> Mapping[str, Any]:
    return {"pk": edition(cast).plan.pk}


def _edition(cast: Cast) -> Mapping[str, Any]:
    return {"pk": edition(cast).pk}


def _rated(cast: Cast) -> Mapping[str, Any]:
    """An edition that rates its sections as a whole, one of them settled with a reason."""
    made = edition(cast)
    services.choose_overall_policy(edition=made, policy=Policy(Method.GRADE_POINTS), by=None)
    made.refresh_from_db()
    first = min(queries.rows_of(made).overall)
    services.settle_overall(
        section=made.sections.get(pk=first), level="遅れ", reason="会議の判断", decider="本部会議", by=None
    )
    return {"pk": made.pk}


def _rated_section(cast: Cast) -> Mapping[str, Any]:
    made = Edition.objects.select_related("plan", "scheme").get(**_rated(cast))
    return {"pk": min(queries.rows_of(made).overall)}


def _locked(cast: Cast) -> Mapping[str, Any]:
    return {"pk": services.lock_edition(edition=edition(cast), by=None).pk}


def _of(part: str) -> Callable[[Cast], Mapping[str, Any]]:
    def make(cast: Cast) -> Mapping[str, Any]:
        return {"pk": getattr(edition(cast), part).order_by("pk")[0].pk}

    return make


def _figure(cast: Cast) -> Mapping[str, Any]:
    return {"pk": edition(cast).indicators.order_by("pk")[0].figures.get(role="actual").pk}


def _item(cast: Cast) -> Mapping[str, Any]:
    section = edition(cast).sections.order_by("pk")[0]
    return {"pk": services.add_item(section=section, fields=ItemFields("12回開催"), by=None).pk}


def _table(cast: Cast) -> Mapping[str, Any]:
    fields = TableFields(("区分", "件数"), (("RPA", "16"),))
    return {"pk": services.add_table(edition=edition(cast), fields=fields, by=None).pk}


def _footnote(cast: Cast) -> Mapping[str, Any]:
    return {"pk": services.add_footnote(edition=edition(cast), fields=FootnoteFields("見込み"), by=None).pk}


def _link(cast: Cast) -> Mapping[str, Any]:
    old = edition(cast)
    new = services.create_edition(plan=old.plan, fields=EditionFields("令和5年度", 2023), by=None)
    heir = services.add_section(edition=new, fields=SectionFields("デジタル化"), by=None)
    origin = old.sections.order_by("pk")[0]
    link = services.link_lineage(plan=old.plan, kind="carried", origin=origin, heir=heir, by=None)
    return {"pk": link.pk}


def _draft(cast: Cast) -> Edition:
    """An edition drafted from another."""
    fields = EditionFields("令和5年度", 2023)
    return services.draft_next_edition(edition=edition(cast), fields=fields, by=None)


def _drafted(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _draft(cast).pk}


def _of_draft(part: str) -> Callable[[Cast], Mapping[str, Any]]:
    def make(cast: Cast) -> Mapping[str, Any]:
        return {"pk": getattr(_draft(cast), part).order_by("pk")[0].pk}

    return make


def _ended_link(cast: Cast) -> Mapping[str, Any]:
    part = _draft(cast).indicators.order_by("pk")[0]
    link = part.origins.get()
    services.end_indicator(indicator=part, outcome="solved", reason="達成した", by=None)
    return {"pk": link.pk}


_section, _indicator = _of("sections"), _of("indicators")
_draft_section, _draft_indicator = _of_draft("sections"), _of_draft("indicators")

ROWS = {
    "plans:index": Row(EVERYONE),
    "plans:plan": Row(EVERYONE, _plan),
    "plans:edition": Row(EVERYONE, _edition),
    "plans:edition_history": Row(EVERYONE, _edition),
    "plans:section": Row(EVERYONE, _section),
    "plans:indicator": Row(EVERYONE, _indicator),
    "plans:new_plan": Row(OFFICE),
    "plans:revise_plan": Row(OFFICE, _plan),
    "plans:new_edition": Row(OFFICE, _plan),
    "plans:revise_edition": Row(OFFICE, _edition),
    "plans:change_state": Row(OFFICE, _edition, post={"state": "in_force"}),
    "plans:lock_edition": Row(OFFICE, _edition, post={}),
    "plans:unlock_edition": Row(OFFICE, _locked),
    "plans:scheme": Row(OFFICE, _edition),
    "plans:new_section": Row(OFFICE, _edition),
    "plans:new_indicator": Row(OFFICE, _edition),
    "plans:new_footnote": Row(OFFICE, _edition),
    "plans:revise_section": Row(OFFICE, _section),
    "plans:shift_section": Row(OFFICE, _section, post={"to": "up"}),
    "plans:move_section": Row(OFFICE, _section),
    "plans:end_section": Row(OFFICE, _section),
    "plans:remove_section": Row(OFFICE, _section),
    "plans:new_item": Row(OFFICE, _section),
    "plans:new_table": Row(OFFICE, _section),
    "plans:link_section": Row(OFFICE, _section),
    "plans:revise_item": Row(OFFICE, _item),
    "plans:remove_item": Row(OFFICE, _item),
    "plans:revise_table": Row(OFFICE, _table),
    "plans:remove_table": Row(OFFICE, _table),
    "plans:revise_footnote": Row(OFFICE, _footnote),
    "plans:remove_footnote": Row(OFFICE, _footnote),
    "plans:revise_indicator": Row(OFFICE, _indicator),
    "plans:move_indicator": Row(OFFICE, _indicator),
    "plans:external_factor": Row(OFFICE, _indicator),
    "plans:cross_listing": Row(OFFICE, _indicator),
    "plans:end_indicator": Row(OFFICE, _indicator),
    "plans:remove_indicator": Row(OFFICE, _indicator),
    "plans:new_figure": Row(OFFICE, _indicator),
    "plans:link_indicator": Row(OFFICE, _indicator),
    "plans:correct_figure": Row(OFFICE, _figure),
    "plans:unlink": Row(OFFICE, _link),
    "plans:overall": Row(EVERYONE, _rated),
    "plans:overall_policy": Row(OFFICE, _rated),
    "plans:settle_rest": Row(OFFICE, _rated),
    "plans:settle_overall": Row(OFFICE, _rated_section),
    "plans:changes": Row(EVERYONE, _drafted),
    "plans:section_life": Row(EVERYONE, _draft_section),
    "plans:indicator_life": Row(EVERYONE, _draft_indicator),
    "plans:next_edition": Row(OFFICE, _edition),
    "plans:fix_directions": Row(OFFICE, _drafted, post={"fixed": "1"}),
    "plans:match": Row(OFFICE, _drafted),
    "plans:merge_section": Row(OFFICE, _draft_section),
    "plans:split_section": Row(OFFICE, _draft_section),
    "plans:merge_indicator": Row(OFFICE, _draft_indicator),
    "plans:split_indicator": Row(OFFICE, _draft_indicator),
    "plans:gone_section": Row(OFFICE, _section),
    "plans:gone_indicator": Row(OFFICE, _indicator),
    "plans:explain_link": Row(OFFICE, _link),
    "plans:resume": Row(OFFICE, _ended_link, post={}),
}
