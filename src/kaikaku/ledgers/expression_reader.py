"""Reading a metric's expression (see `expressions.py`): what is not on the list is refused with its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.expressions import SORT_WORDS, Condition, Expression, Known, Sort, Values, Year

LONGEST = 1000


def read_expression(text: str, known: Mapping[str, Known]) -> Expression:
    """Read an expression over these fields. Raises RuleViolation that tells the place in the text (`column`,
    from 1), what stands there and what may.
    """
    if len(text) > LONGEST:
        raise RuleViolation(
            "ledgers.expression", f"式が長すぎます。{LONGEST}字までにしてください。", column=LONGEST
        )
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        column = getattr(problem, "offset", None) or 1
        raise RuleViolation(
            "ledgers.expression",
            f"式の{column}文字目が読み取れません。かっこ、引用符、カンマの抜けがないか確かめてください。",
            column=column,
        ) from None
    reader = _Reader(text.strip(), known)
    try:
        return reader.outermost(tree)
    except RecursionError:
        raise RuleViolation(
            "ledgers.expression", "式の入れ子が深すぎます。分けて書いてください。", column=1
        ) from None


FUNCTIONS: Mapping[str, str] = {
    "count": "count(条件)",
    "sum": "sum(項目, 条件)",
    "mean": "mean(項目, 条件)",
    "share": "share(条件, of=条件)",
    "ratio": "ratio(項目, もとになる項目, 条件)",
}
TESTS: Mapping[str, str] = {
    "blank": "blank(項目)",
    "in_year": "in_year(日付か年度の項目)",
    "reached": "reached(日付か年度の項目)",
    "standing": "standing(始まりの項目, 終わりの項目)",
}
_ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
_ORDERED = (Sort.NUMBER, Sort.DATE, Sort.YEAR)


class _Reader:
    def __init__(self, text: str, known: Mapping[str, Known]) -> None:
        self.text = text
        self.known = known
        self.named: set[str] = set()
        self.timed = False
        self.compared: set[str] = set()

    def outermost(self, node: ast.expr) -> Expression:
        name, given = self._call(node, FUNCTIONS)
        added: tuple[str, ...] = ()
        under, of = "", None
        if name in ("sum", "mean", "ratio"):
            added = tuple(self._added(self._next(node, name, given)))
        if name == "ratio":
            under = self._field(self._next(node, name, given), Sort.NUMBER)
        named = [one for one in given if isinstance(one, ast.keyword)]
        plain = [one for one in given if not isinstance(one, ast.keyword)]
        if len(plain) > 1 or (name == "share" and not plain):
            raise self._refuse(node, f"{FUNCTIONS[name]}の形で書いてください。")
        for one in named:
            if one.arg != "of" or name != "share":
                raise self._refuse(
                    one.value, f"「{one.arg}=」は使えません。{FUNCTIONS[name]}の形で書いてください。"
                )
            of = self._condition(one.value)
        condition = self._condition(plain[0]) if plain else _always
        fields, compared = frozenset(self.named), frozenset(self.compared)
        return Expression(self.text, name, fields, condition, of, added, under, self.timed, compared)

    def _next(self, node: ast.expr, name: str, given: list[Any]) -> ast.expr:
        if not given or isinstance(given[0], ast.keyword):
            raise self._refuse(node, f"{FUNCTIONS[name]}の形で書いてください。")
        found: ast.expr = given.pop(0)
        return found

    def _added(self, node: ast.expr) -> Iterator[str]:
        """The fields of 「項目」 or 「項目 + 項目」."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._added(node.left)
            yield from self._added(node.right)
        else:
            yield self._field(node, Sort.NUMBER)

    def _call(self, node: ast.expr, allowed: Mapping[str, str]) -> tuple[str, list[Any]]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in allowed:
            return node.func.id, [*node.args, *node.keywords]
        raise self._refuse(node, f"ここに書けるのは、{'、'.join(allowed.values())}です。")

    def _condition(self, node: ast.expr) -> Condition:
        if isinstance(node, ast.BoolOp):
            parts = [self._condition(part) for part in node.values]
            if isinstance(node.op, ast.And):
                return lambda values, year: all(part(values, year) for part in parts)
            return lambda values, year: any(part(values, year) for part in parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self._condition(node.operand)
            return lambda values, year: not inner(values, year)
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.Constant) and node.value is True:
            return _always
        return self._test(node)

    def _test(self, node: ast.expr) -> Condition:
        name, given = self._call(node, TESTS)
        if len(given) != (2 if name == "standing" else 1):
            raise self._refuse(node, f"{TESTS[name]}の形で書いてください。")
        if name == "blank":
            field = self._field(given[0])
            return lambda values, year: _is_blank(values.get(field))
        self.timed = True
        if name in ("in_year", "reached"):
            return self._in_time(given[0], reached=name == "reached")
        first, last = (self._field(one, Sort.DATE) for one in given)

        def stands(values: Values, year: Year) -> bool:
            begin, end = values.get(first), values.get(last)
            return begin is not None and begin <= year.last and (end is None or end >= year.last)

        return stands

    def _in_time(self, node: ast.expr, *, reached: bool) -> Condition:
        field = self._field(node, Sort.DATE, Sort.YEAR)
        if self.known[field].sort is Sort.YEAR:
            return _year_reached(field) if reached else _year_is(field)

        def falls(values: Values, year: Year) -> bool:
            day = values.get(field)
            return day is not None and (reached or year.first <= day) and bool(day <= year.last)

        return falls

    def _comparison(self, node: ast.Compare) -> Condition:
        if len(node.ops) != 1:
            raise self._refuse(node, "比べるのは1つずつにして、and でつないでください。")
        operator, right = node.ops[0], node.comparators[0]
        field = self._field(node.left)
        self.compared.add(field)
        sort = self.known[field].sort
        if isinstance(operator, ast.In | ast.NotIn):
            return self._membership(field, right, inverse=isinstance(operator, ast.NotIn))
        if isinstance(operator, ast.Eq | ast.NotEq):
            wanted = self._value(right, field)
            same = _holds(field, sort, wanted)
            if isinstance(operator, ast.Eq):
                return same
            return lambda values, year: not _is_blank(values.get(field)) and not same(values, year)
        order = _ORDER.get(type(operator))
        if order is None:
            raise self._refuse(node, "使える記号は、==、!=、<、<=、>、>=、in です。")
        if sort not in _ORDERED:
            raise self._refuse(node, f"「{field}」は{SORT_WORDS[sort]}のため、大小を比べられません。")
        limit = self._value(right, field)

        def compared(values: Values, year: Year) -> bool:
            value = values.get(field)
            return value is not None and order(value, limit(year))

        return compared

    def _membership(self, field: str, node: ast.expr, *, inverse: bool) -> Condition:
        if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
            raise self._refuse(node, 'in の後には、["a", "b"] のように並べて書いてください。')
        sort = self.known[field].sort
        tests = [_holds(field, sort, self._value(one, field)) for one in node.elts]
        if inverse:
            return lambda values, year: (
                not _is_blank(values.get(field)) and not any(test(values, year) for test in tests)
            )
        return lambda values, year: any(test(values, year) for test in tests)

    def _field(self, node: Any, *sorts: Sort) -> str:
        if not isinstance(node, ast.Name):
            raise self._refuse(node, "ここには項目の記号を書いてください。")
        if node.id not in self.known:
            near = get_close_matches(node.id, self.known, 1)
            hint = f"「{near[0]}」のことですか。" if near else f"使えるのは、{'、'.join(self.known)}です。"
            raise self._refuse(node, f"「{node.id}」という項目はありません。{hint}")
        sort = self.known[node.id].sort
        if sorts and sort not in sorts:
            words = "か".join(SORT_WORDS[one] for one in sorts)
            raise self._refuse(
                node, f"「{node.id}」は{SORT_WORDS[sort]}です。ここには{words}の項目を書いてください。"
            )
        self.named.add(node.id)
        return node.id

    def _value(self, node: ast.expr, field: str) -> Callable[[Year], Any]:
        known = self.known[field]
        if isinstance(node, ast.Name) and node.id == "year" and known.sort in (Sort.YEAR, Sort.NUMBER):
            self.timed = True
            return lambda year: year.fiscal_year
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = node.operand.value if isinstance(node.operand, ast.Constant) else None
            value = -inner if isinstance(inner, int | float) else None
        found = _as_sort(value, known, self._source(node))
        if found is None:
            raise self._refuse(node, f"「{field}」は{SORT_WORDS[known.sort]}です。{_EXAMPLES[known.sort]}")
        if known.choices and found not in known.choices:
            raise self._refuse(
                node,
                f"「{field}」に「{found}」という選択肢はありません。使えるのは、{'、'.join(known.choices)}です。",
            )
        return lambda year: found

    def _source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or ""

    def _refuse(self, node: ast.AST, message: str) -> RuleViolation:
        # the parser counts bytes; people count characters
        offset = getattr(node, "col_offset", 0)
        column = len(self.text.encode()[:offset].decode(errors="ignore")) + 1
        return RuleViolation("ledgers.expression", f"式の{column}文字目：{message}", column=column)


_EXAMPLES: Mapping[Sort, str] = {
    Sort.TEXT: '"…" のように引用符で囲んでください。',
    Sort.NUMBER: "120 のように数で書いてください。",
    Sort.DATE: '"2026-04-01" のように日付を書いてください。',
    Sort.YEAR: "2026 のように西暦の年度か、year と書いてください。",
    Sort.CHOICE: '"…" のように選択肢の記号を引用符で囲んでください。',
    Sort.CHOICES: '"…" のように選択肢の記号を引用符で囲んでください。',
}


def _year_is(field: str) -> Condition:
    return lambda values, year: values.get(field) == year.fiscal_year


def _year_reached(field: str) -> Condition:
    return lambda values, year: (found := values.get(field)) is not None and found <= year.fiscal_year


def _as_sort(value: object, known: Known, source: str) -> Any:
    """A written constant as the field holds it; None where it does not fit. Numbers come from their text."""
    if isinstance(value, bool) or value is None:
        return None
    if known.sort is Sort.NUMBER and isinstance(value, int | float):
        return Decimal(source.replace("_", "").replace(" ", ""))
    if known.sort is Sort.YEAR and isinstance(value, int):
        return value
    if known.sort is Sort.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    texts = (Sort.TEXT, Sort.CHOICE, Sort.CHOICES)
    return value if known.sort in texts and isinstance(value, str) else None


def _holds(field: str, sort: Sort, wanted: Callable[[Year], Any]) -> Condition:
    if sort is Sort.CHOICES:
        return lambda values, year: wanted(year) in (values.get(field) or ())

    def same(values: Values, year: Year) -> bool:
        value = values.get(field)
        return value is not None and bool(value == wanted(year))

    return same


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str | Sequence) and len(value) == 0)


def _always(_: Values, __: Year) -> bool:
    return True
