"""Reading a kind of ledger from its TOML file: whole and checked, or refused with the line and the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.expression_reader import FUNCTIONS, TESTS, read_expression
from kaikaku.ledgers.kind import (
    ROLES,
    STATE,
    TYPES,
    AlertSpec,
    FieldSpec,
    Kind,
    MetricSpec,
    known_of,
)

SHIPPED = Path(__file__).parent / "kinds"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
# words that an expression reads as something else
_TAKEN = frozenset(
    {STATE, "year", *FUNCTIONS, *TESTS, "and", "or", "not", "in"}
    | {"if", "else", "is", "for", "lambda", "none", "true", "false", "class", "def", "from", "import", "as"}
)
_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        [
            "code",
            "name",
            "about",
            "title",
            "retention",
            "public",
            "states",
            "closed",
            "fields",
            "alerts",
            "metrics",
        ]
    ),
    "fields": frozenset(
        ["code", "label", "type", "unit", "choices", "required", "public", "yearly", "roles", "help", "was"]
    ),
    "alerts": frozenset({"field", "days", "words"}),
    "metrics": frozenset(
        ["code", "name", "definition", "unit", "expression", "accumulation", "decimals", "public"]
    ),
}
_HEAD = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")


@lru_cache(maxsize=256)
def read_kind(text: str) -> Kind:
    """The kind that a TOML text describes. Raises RuleViolation with `line` (from 1) and what is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+), column (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        raise RuleViolation(
            "ledgers.kind_unreadable",
            f"{line}行目：ここから先を読み取れません。引用符やかっこの抜け、同じ項目の重なりがないか確かめてください。",
            line=line,
        ) from None
    return _Reader(text, data).kind()


def shipped_texts() -> dict[str, str]:
    """The kinds that come with the product, code → file text."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}


class _Reader:
    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.data = data
        self.places = dict(_places(text))

    def kind(self) -> Kind:
        top = self.data
        self._only_known("", 0, top)
        states = self._states()
        fields = tuple(self._field(n, raw) for n, raw in enumerate(self._tables("fields")))
        if not fields:
            raise self._no("", 0, "fields", "項目が1つもありません。[[fields]] で項目を書いてください。")
        self._once("fields", [field.code for field in fields])
        known = {field.code: field for field in fields}
        title = self._text("", 0, top, "title")
        if title not in known or known[title].type != "text" or known[title].yearly or known[title].roles:
            raise self._no(
                "",
                0,
                "title",
                f"「{title}」は見出しにできません。だれもが見られる「文字（1行）」の項目の記号を書いてください。",
            )
        closed = self._words("", 0, top, "closed")
        for code in closed:
            if code not in dict(states):
                raise self._no("", 0, "closed", f"「{code}」という状態はありません。")
        alerts = tuple(self._alert(n, raw, known) for n, raw in enumerate(self._tables("alerts")))
        metrics = tuple(self._metric(n, raw, fields, states) for n, raw in enumerate(self._tables("metrics")))
        self._once("metrics", [metric.code for metric in metrics])
        return Kind(
            code=self._code("", 0, top),
            name=self._text("", 0, top, "name"),
            about=self._text("", 0, top, "about", needed=False),
            title=title,
            fields=fields,
            states=states,
            closed=closed,
            alerts=alerts,
            metrics=metrics,
            retention=self._text("", 0, top, "retention", needed=False),
            public=self._flag("", 0, top, "public"),
        )

    def _states(self) -> tuple[tuple[str, str], ...]:
        states = self._pairs("", 0, self.data, "states")
        if not states:
            raise self._no(
                "", 0, "states", '状態を書いてください（例：states = { active = "有効", ended = "終了" }）。'
            )
        return states

    def _field(self, n: int, raw: Mapping[str, Any]) -> FieldSpec:
        at = ("fields", n)
        self._only_known(*at, raw)
        code = self._code(*at, raw)
        if code in _TAKEN:
            raise self._no(*at, "code", f"「{code}」は式で別の意味に使うため、項目の記号にできません。")
        kind = self._text(*at, raw, "type")
        if kind not in TYPES:
            raise self._no(
                *at, "type", f"「{kind}」という種類はありません。使えるのは、{'、'.join(TYPES)}です。"
            )
        choices = self._pairs(*at, raw, "choices")
        if (kind in ("choice", "choices")) != bool(choices):
            raise self._no(
                *at,
                "choices",
                "選択肢は、種類が choice か choices の項目に必ず書き、ほかの項目には書きません。",
            )
        roles = self._words(*at, raw, "roles")
        for role in roles:
            if role not in ROLES:
                raise self._no(
                    *at, "roles", f"「{role}」という役割はありません。使えるのは、{'、'.join(ROLES)}です。"
                )
        field = FieldSpec(
            code=code,
            label=self._text(*at, raw, "label"),
            type=kind,
            unit={"money": "円", "percent": "%"}.get(kind) or self._text(*at, raw, "unit", needed=False),
            choices=choices,
            required=self._flag(*at, raw, "required"),
            public=self._flag(*at, raw, "public"),
            yearly=self._flag(*at, raw, "yearly"),
            roles=roles,
            help=self._text(*at, raw, "help", needed=False),
            was=self._text(*at, raw, "was", needed=False),
        )
        if field.public and field.roles:
            raise self._no(
                *at,
                "public",
                f"「{field.label}」は、公開する項目と見られる人を限る項目の両方にはできません。",
            )
        return field

    def _alert(self, n: int, raw: Mapping[str, Any], known: Mapping[str, FieldSpec]) -> AlertSpec:
        at = ("alerts", n)
        self._only_known(*at, raw)
        field = self._text(*at, raw, "field")
        if field not in known or known[field].type != "date" or known[field].yearly or known[field].roles:
            raise self._no(*at, "field", f"「{field}」は、だれもが見られる日付の項目ではありません。")
        days = raw.get("days", [])
        if not isinstance(days, list) or not days or not all(type(d) is int and 0 <= d <= 3650 for d in days):
            raise self._no(*at, "days", "何日前に知らせるかを、[180, 90] のように書いてください。")
        words = self._text(*at, raw, "words")
        return AlertSpec(field, tuple(sorted(days, reverse=True)), words)

    def _metric(
        self,
        n: int,
        raw: Mapping[str, Any],
        fields: Sequence[FieldSpec],
        states: Sequence[tuple[str, str]],
    ) -> MetricSpec:
        at = ("metrics", n)
        self._only_known(*at, raw)
        text = self._text(*at, raw, "expression")
        try:
            expression = read_expression(text, known_of(fields, states))
        except RuleViolation as refused:
            raise self._no(*at, "expression", refused.message, column=refused.data.get("column")) from None
        accumulation = self._text(*at, raw, "accumulation", needed=False) or "stock"
        if accumulation not in ("stock", "flow"):
            raise self._no(
                *at, "accumulation", "stock（年度末の水準）か flow（その年度の量）と書いてください。"
            )
        decimals = raw.get("decimals", 0)
        if type(decimals) is not int or not 0 <= decimals <= 6:
            raise self._no(*at, "decimals", "小数点以下の桁数は、0から6の整数で書いてください。")
        unit = self._text(*at, raw, "unit")
        if expression.function in ("share", "ratio") and unit != "%":
            raise self._no(*at, "unit", f"{expression.function} の単位は「%」にしてください。")
        public = self._flag(*at, raw, "public")
        kept_back = [field.label for field in fields if field.roles and field.code in expression.fields]
        if public and kept_back:
            raise self._no(
                *at,
                "public",
                f"見る人を限った「{kept_back[0]}」を使う集計は、公開できません。公開を外すか、式を変えてください。",
            )
        return MetricSpec(
            code=self._code(*at, raw),
            name=self._text(*at, raw, "name"),
            definition=self._text(*at, raw, "definition"),
            unit=unit,
            text=text,
            expression=expression,
            accumulation=accumulation,
            decimals=decimals,
            public=public,
        )

    # --- what stands at a place ------------------------------------------------------------------------

    def _tables(self, name: str) -> list[Mapping[str, Any]]:
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._no("", 0, name, f"[[{name}]] の形で書いてください。")
        return found

    def _code(self, table: str, n: int, raw: Mapping[str, Any]) -> str:
        code = self._text(table, n, raw, "code")
        if not _CODE.fullmatch(code):
            raise self._no(
                table,
                n,
                "code",
                f"「{code}」は記号にできません。英小文字で始め、英小文字・数字・_ で40字までにしてください。",
            )
        return code

    def _text(self, table: str, n: int, raw: Mapping[str, Any], key: str, *, needed: bool = True) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str):
            raise self._no(table, n, key, f"{key} は引用符で囲んだ文字で書いてください。")
        if needed and not value.strip():
            raise self._no(table, n, key, f"{key} がありません。")
        return value.strip()

    def _flag(self, table: str, n: int, raw: Mapping[str, Any], key: str) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            raise self._no(table, n, key, f"{key} は true か false で書いてください。")
        return value

    def _words(self, table: str, n: int, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._no(table, n, key, f'{key} は ["a", "b"] のように並べて書いてください。')
        return tuple(value)

    def _pairs(self, table: str, n: int, raw: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
        value = raw.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, str) and one for one in value.values()):
            raise self._no(table, n, key, f'{key} は {{ 記号 = "名前" }} のように書いてください。')
        for code in value:
            if not _CODE.fullmatch(code):
                raise self._no(
                    table, n, key, f"「{code}」は記号にできません。英小文字・数字・_ で書いてください。"
                )
        if len(set(value.values())) < len(value):
            raise self._no(table, n, key, f"{key} に同じ名前が2つあります。")
        return tuple(value.items())

    def _once(self, table: str, codes: Iterable[str]) -> None:
        seen: set[str] = set()
        for n, code in enumerate(codes):
            if code in seen:
                raise self._no(table, n, "code", f"「{code}」が2つあります。記号は1つずつ変えてください。")
            seen.add(code)

    def _only_known(self, table: str, n: int, raw: Mapping[str, Any]) -> None:
        for key in raw:
            if key not in _KEYS[table]:
                known = "、".join(sorted(_KEYS[table]))
                raise self._no(table, n, key, f"「{key}」という設定はありません。使えるのは、{known}です。")

    def _no(self, table: str, n: int, key: str, why: str, **data: Any) -> RuleViolation:
        """The refusal, at the line of that setting, or of its table, or the first."""
        line = self.places.get((table, n, key)) or self.places.get((table, n, "")) or 1
        data = {**data, "line": line, "table": table, "index": n, "key": key}
        return RuleViolation("ledgers.kind_wrong", f"{line}行目：{why}", **data)


def _places(text: str) -> Iterable[tuple[tuple[str, int, str], int]]:
    """((table, how many-eth, setting), line) of all that is written; a table's own line has no setting."""
    table, seen = "", {"": 0}
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = head[1]
            seen[table] = seen.get(table, -1) + 1
            yield (table, seen[table], ""), number
        elif key := _KEY.match(line):
            yield (table, seen[table], key[1]), number
