"""Changing a kind while it has records: a plan that keeps every value, or a refusal with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kaikaku.ledgers.kind import FieldSpec, Kind

# a value of the first is a value of the second as it stands
_WIDER = frozenset(
    {
        ("integer", "decimal"),
        ("text", "long"),
        ("url", "text"),
        ("url", "long"),
        ("corporate_number", "text"),
        ("corporate_number", "long"),
    }
)


@dataclass(frozen=True)
class Stock:
    """What a kind's records hold: how many there are, by state, by field, and by choice of a field."""

    records: int
    states: Mapping[str, int]
    filled: Mapping[str, int]
    chosen: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Plan:
    """What a change does. `refusals` must be empty before it is applied; `warnings` are told first."""

    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]
    moves: Mapping[str, str]
    wrap: frozenset[str]

    @property
    def possible(self) -> bool:
        return not self.refusals

    def apply(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A record's values under the new kind: renamed and widened, none lost."""
        moved = {self.moves.get(code, code): value for code, value in values.items()}
        return {
            code: [value] if code in self.wrap and isinstance(value, str) else value
            for code, value in moved.items()
        }


def stock_of(
    kind: Kind, rows: Iterable[tuple[str, Mapping[str, Any]]], years: Iterable[Mapping[str, Any]]
) -> Stock:
    """Count what records (state, values) and their years' values hold."""
    states: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    chosen: Counter[tuple[str, str]] = Counter()

    def count(values: Mapping[str, Any]) -> None:
        for code, value in values.items():
            filled[code] += 1
            spec = kind.by_code.get(code)
            if spec is not None and spec.choices:
                chosen.update((code, one) for one in ([value] if isinstance(value, str) else value))

    for state, values in rows:
        states[state] += 1
        count(values)
    for values in years:
        count(values)
    return Stock(states.total(), states, filled, chosen)


def plan_change(old: Kind, new: Kind, stock: Stock) -> Plan:
    """What becomes of the records of `old` under `new`."""
    return _Planner(old, new, stock).plan()


class _Planner:
    def __init__(self, old: Kind, new: Kind, stock: Stock) -> None:
        self.old, self.new, self.stock = old, new, stock
        self.steps: list[str] = []
        self.warnings: list[str] = []
        self.refusals: list[str] = []
        self.wrap: set[str] = set()
        self.origin = {field.code: self._before(field) for field in new.fields}

    def plan(self) -> Plan:
        if self.old.code != self.new.code:
            self.refusals.append(
                f"台帳の記号「{self.old.code}」は変えられません。指標との結び付きが切れるためです。"
            )
        self._states()
        kept = [before.code for before in self.origin.values() if before is not None]
        for code, times in Counter(kept).items():
            if times > 1:
                self.refusals.append(
                    f"「{code}」を元の記号とする項目が2つあります。was を1つにしてください。"
                )
        for field in self.old.fields:
            if field.code not in kept:
                self._removed(field)
        for field in self.new.fields:
            before = self.origin[field.code]
            if before is None:
                self._added(field)
            else:
                self._kept(before, field)
        self._metrics()
        return Plan(
            tuple(self.steps),
            tuple(self.warnings),
            tuple(self.refusals),
            {
                before.code: code
                for code, before in self.origin.items()
                if before is not None and before.code != code
            },
            frozenset(self.wrap),
        )

    def _before(self, field: FieldSpec) -> FieldSpec | None:
        """The same field in the old kind: of the same code, or the one it was."""
        if field.code in self.old.by_code:
            return self.old.by_code[field.code]
        return self.old.by_code.get(field.was)

    def _states(self) -> None:
        for code, label in self.old.states:
            used = self.stock.states.get(code, 0)
            if code not in self.new.state_words and used:
                self.refusals.append(
                    f"状態「{label}」の記録が{used:,}件あります。先に別の状態へ移してください。"
                )

    def _removed(self, field: FieldSpec) -> None:
        used = self.stock.filled.get(field.code, 0)
        if used:
            self.refusals.append(
                f"項目「{field.label}」には{used:,}件の値があります。値を消さずに項目は外せません。"
                "名前を変えるだけなら、新しい項目の「元の記号」に"
                f"「{field.code}」と書いてください。"
            )
        else:
            self.steps.append(f"項目「{field.label}」を外します（値はありません）。")

    def _added(self, field: FieldSpec) -> None:
        self.steps.append(f"項目「{field.label}」を加えます。")
        if field.required and self.stock.records:
            self.warnings.append(
                f"「{field.label}」は必須ですが、今ある{self.stock.records:,}件は空のままです。"
                "次に記録を変更するときに入力を求めます。"
            )

    def _kept(self, before: FieldSpec, after: FieldSpec) -> None:
        used = self.stock.filled.get(before.code, 0)
        if before.code != after.code:
            self.steps.append(
                f"項目「{before.label}」の記号を「{after.code}」に変え、値{used:,}件を移します。"
            )
        if used:
            self.refusals += self._broken(before, after, used)
        if before.choices and after.type == "choices" and before.type == "choice":
            self.wrap.add(after.code)
        if after.public and not before.public and used:
            self.warnings.append(f"「{after.label}」の値{used:,}件が、公開する記録では公表されます。")
        if before.roles and set(before.roles) - set(after.roles) != set() and not after.roles and used:
            self.warnings.append(f"「{after.label}」の値{used:,}件が、台帳を見られる人すべてに見えます。")
        if before.label != after.label:
            self.steps.append(f"項目「{before.label}」の名前を「{after.label}」に変えます。")

    def _broken(self, before: FieldSpec, after: FieldSpec, used: int) -> Iterator[str]:
        pair = (before.type, after.type)
        if before.type != after.type and pair not in _WIDER and pair != ("choice", "choices"):
            yield (
                f"項目「{before.label}」の種類は、{before.type_words}から{after.type_words}に変えられません"
                f"（値が{used:,}件あります）。新しい項目として加えてください。"
            )
        elif before.unit != after.unit:
            yield (
                f"項目「{before.label}」の単位は変えられません（値が{used:,}件あります）。"
                "同じ数が別の量になるためです。"
            )
        if before.yearly != after.yearly:
            yield f"項目「{before.label}」は、年度ごとかどうかを変えられません（値が{used:,}件あります）。"
        gone = [pair for pair in before.choices if pair[0] not in dict(after.choices)]
        for code, label in gone if after.choices else ():
            count = self.stock.chosen.get((before.code, code), 0)
            if count:
                yield f"項目「{before.label}」の選択肢「{label}」は{count:,}件で使われており、外せません。"

    def _metrics(self) -> None:
        now = {metric.code for metric in self.new.metrics}
        for metric in self.old.metrics:
            if metric.code not in now:
                self.warnings.append(
                    f"集計「{metric.name}」がなくなります。結び付けた指標は計算できなくなります。"
                )
