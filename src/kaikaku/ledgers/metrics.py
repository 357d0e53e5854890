"""What a government's ledgers count: each kind's own metrics, by its expressions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.numerals import show_number
from kaikaku.ledgers.kind import STATE, FieldSpec, MetricSpec
from kaikaku.ledgers.queries import access, measured
from kaikaku.ledgers.queries.measured import Part
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import Measured, Metric, RecordRef, Records, Visible, has_begun
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Ledger
    from kaikaku.org.models import Organisation, User


def metrics_for(organisation: Organisation) -> Iterator[Metric]:
    """The metrics of every ledger in use."""
    for ledger in measured.ledgers_in_use(organisation):
        for spec in ledger.kind.metrics:
            yield _metric(ledger, spec)


def _metric(ledger: Ledger, spec: MetricSpec) -> Metric:
    def measure(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
        return measure_ledger(ledger, spec, fiscal_year)

    return Metric(
        code=f"ledgers.{ledger.code}.{spec.code}",
        name=f"{ledger.name}：{spec.name}",
        definition=spec.definition,
        unit=spec.unit,
        accumulation=Accumulation(spec.accumulation),
        measure=measure,
        visible=_visible(ledger, spec),
        decimals=spec.decimals,
    )


def measure_ledger(ledger: Ledger, spec: MetricSpec, fiscal_year: int) -> Measured:
    """One metric of one ledger in a fiscal year."""
    if not has_begun(fiscal_year, today()):
        return Measured.unknown(spec.unit, f"{show_fiscal_year(fiscal_year)}はまだ始まっていません。")
    found = measured.total(ledger, spec, fiscal_year)
    if found is None:
        return Measured.unknown(spec.unit, f"台帳「{ledger}」に記録がありません。")
    if found.value is None:
        return Measured.unknown(spec.unit, found.reason)
    words = f"台帳「{ledger}」の記録：{spec.definition}"
    if spec.expression.function in ("share", "ratio"):
        words = f"{words}　{show_number(found.met)} ÷ {show_number(found.whole)}"
    return Measured(found.value, spec.unit, _records(ledger, spec, fiscal_year, number=found.number), words)


def _records(ledger: Ledger, spec: MetricSpec, fiscal_year: int, *, number: int) -> Records:
    url = address_of("ledgers:record")

    @cache
    def parts() -> tuple[Part, ...]:
        return measured.parts(ledger, spec, fiscal_year)

    def refs(wanted: tuple[Part, ...]) -> list[RecordRef]:
        names = measured.titles(ledger, [pk for pk, _ in wanted])
        return [
            RecordRef(f"record:{pk}", names.get(pk, ""), url.format(pk), part)
            for pk, part in wanted
            if pk in names
        ]

    def find(keys: Collection[str]) -> list[RecordRef]:
        return refs(tuple(part for part in parts() if f"record:{part[0]}" in keys))

    return Records(
        number,
        lambda start, stop: refs(parts()[start:stop]),
        lambda: ((f"record:{pk}", part) for pk, part in parts()),
        find,
    )


def _visible(ledger: Ledger, spec: MetricSpec) -> Visible:
    named: list[FieldSpec] = [ledger.kind.by_code[code] for code in spec.expression.fields if code != STATE]

    def visible(user: User, keys: Collection[str]) -> Collection[str]:
        return access.visible_keys(user, keys, named)

    return visible
