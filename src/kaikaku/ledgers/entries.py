"""What services are given, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaikaku.org.models import Department
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True)
class RecordFields:
    """A record as it is to be: `values` as typed or as stored, by field code; one left out stays as it is.

    `years` are a new record's yearly values by fiscal year. `stand_in` None and `citation` None leave the
    record as it is in this.
    """

    department: Department | None
    state: str
    public: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    years: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    stand_in: bool | None = None
    citation: Citation | None = None
