"""What pages and files share: the departments by name, a record's values as read and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaikaku.ledgers.kind import FieldSpec
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.values import Departments, show_value
from kaikaku.org.models import Department

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value as read."""

    spec: FieldSpec
    stored: Any
    words: str


def departments_in(organisation: Organisation) -> Departments:
    """All departments the government ever had, by key; of two of one name none is meant by the name."""
    rows = Department.objects.filter(organisation=organisation).values_list("pk", "name")
    return Departments({str(pk): name for pk, name in rows})


def department_of(ledger: Ledger, pk: int) -> Department:
    """A department of the ledger's government, by its key."""
    return Department.objects.get(pk=pk, organisation=ledger.organisation_id)


def shown_values(specs: Iterable[FieldSpec], values: dict[str, Any], departments: Departments) -> list[Shown]:
    """These fields with their values, blanks too."""
    found = ((spec, values.get(spec.code)) for spec in specs)
    return [Shown(spec, stored, show_value(spec, stored, departments)) for spec, stored in found]


def figures_of(record: Record) -> Sequence[YearFigure]:
    """The record's yearly figures, the latest first."""
    return list(record.year_figures.order_by("-fiscal_year"))
