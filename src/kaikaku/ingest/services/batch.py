"""The rows of one acceptance, with all that writing them needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_date
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import Payload, from_json
from kaikaku.sources.services import Spot, cite_all

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Section
    from kaikaku.sources.models import Citation


@dataclass
class Batch:
    """The rows of one acceptance with all that writing them needs."""

    imported: Import
    edition: Edition
    chosen: Sequence[Proposal]
    by_key: Mapping[int, Proposal]
    payloads: Mapping[int, Payload]
    citations: Mapping[int, Citation]
    children: Mapping[int | None, Sequence[Proposal]]
    sections: dict[int, Section] = field(default_factory=dict)

    @classmethod
    def of(
        cls, imported: Import, edition: Edition, rows: Sequence[Proposal], chosen: Sequence[Proposal]
    ) -> Batch:
        children: dict[int | None, list[Proposal]] = {}
        for row in chosen:
            children.setdefault(row.parent_id, []).append(row)
        return cls(
            imported=imported,
            edition=edition,
            chosen=chosen,
            by_key={row.pk: row for row in rows},
            payloads={row.pk: from_json(row.kind, row.payload) for row in chosen},
            citations=_cite(imported, chosen),
            children=children,
        )

    @cached_property
    def adds(self) -> frozenset[int]:
        """The keys of the rows that make something new; a next edition is made whole."""
        whole = self.imported.base_id is not None
        return frozenset(row.pk for row in self.chosen if whole or row.difference == "new")

    @property
    def reason(self) -> str:
        """What a correction says of itself."""
        day = show_date(self.imported.created_at.date())
        return f"取り込み：「{self.imported.document.title}」（{day}受入）による"

    def key_of(self, proposal: int | None) -> int | None:
        """The row of the plans that a proposal is, by now."""
        if proposal is None:
            return None
        row = self.by_key[proposal]
        if row.made is not None:
            return row.made
        return None if self.imported.base_id is not None else row.matched

    def kind(self, kind: str, *, new: bool) -> list[Proposal]:
        return [row for row in self.chosen if row.kind == kind and (row.pk in self.adds) == new]


def _cite(imported: Import, rows: Sequence[Proposal]) -> dict[int, Citation]:
    """A citation for each row that has a place in the document."""
    placed = [row for row in rows if row.line is not None]
    spots = [
        Spot(row.line or 0, row.quote, page=row.page, sheet=row.sheet or None, cell=row.cell or None)
        for row in placed
    ]
    cited = cite_all(document=imported.document, spots=spots)
    return {row.pk: citation for row, citation in zip(placed, cited, strict=True)}
