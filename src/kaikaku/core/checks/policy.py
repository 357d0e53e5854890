"""Which checks an edition uses, and with which numbers: data, validated, with a shipped default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from kaikaku.core.checks.model import ASKS, Level
from kaikaku.core.checks.rules import Check, Param, Setting
from kaikaku.core.checks.table import BY_ID, CHECKS
from kaikaku.core.errors import RuleViolation


@dataclass(frozen=True, slots=True)
class Policy:
    """A setting for every check of the table."""

    settings: Mapping[str, Setting]

    def is_on(self, check: str) -> bool:
        return self.settings[check].on

    def without(self, *checks: str) -> Policy:
        """The same with these switched off."""
        return self._switched(frozenset(checks), on=False)

    def only(self, *checks: str) -> Policy:
        """The same with all others switched off and these on."""
        others = self._switched(frozenset(BY_ID) - frozenset(checks), on=False)
        return others._switched(frozenset(checks), on=True)

    def _switched(self, checks: frozenset[str], *, on: bool) -> Policy:
        for check in checks:
            _known(check)
        return Policy({id_: replace(s, on=on) if id_ in checks else s for id_, s in self.settings.items()})

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON column: every check, numbers as text."""
        found: dict[str, Any] = {}
        for check in CHECKS:
            setting = self.settings[check.id]
            found[check.id] = {"on": setting.on}
            if setting.level is not None and setting.level is not check.level:
                found[check.id]["level"] = setting.level.value
            for param in check.params:
                texts = [f"{value.normalize():f}" for value in setting.numbers(param.name)]
                found[check.id][param.name] = texts if param.several else texts[0]
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | str | bytes | None) -> Policy:
        """Read what `as_json` wrote, or a person did: {"rate_limit": {"limit": "250"}, "outlier": false}.

        What is not named is as shipped, so that a check added later is on in editions made before it. Raises
        RuleViolation naming the check and what to put there.
        """
        if isinstance(data, str | bytes):
            try:
                data = json.loads(data)
            except ValueError as error:
                message = "点検の設定をJSONとして読み取れません。書式を確かめてください。"
                raise RuleViolation("checks.json", message, field="policy") from error
        if data is None:
            return DEFAULT
        if not isinstance(data, Mapping):
            message = "点検の設定は、点検の名前と値の組で書いてください。"
            raise RuleViolation("checks.json", message, field="policy")
        for identity in data:
            _known(identity)
        return cls({c.id: _setting(c, data[c.id]) if c.id in data else c.default for c in CHECKS})


def _known(identity: object) -> None:
    if identity not in BY_ID:
        raise RuleViolation(
            "checks.unknown",
            f"「{identity}」という点検はありません。点検の一覧にある名前を指定してください。",
            field=str(identity),
        )


def _setting(check: Check, data: object) -> Setting:
    if isinstance(data, bool):
        return replace(check.default, on=data)
    if not isinstance(data, Mapping):
        raise _refuse(check, "true か false、または項目名と値の組で書いてください")
    known = {param.name: param for param in check.params}
    extra = sorted(str(name) for name in data if name not in ("on", "level") and name not in known)
    if extra:
        raise _refuse(check, f"知らない項目「{extra[0]}」があります。項目名を確かめてください", extra[0])
    on = data.get("on", True)
    if not isinstance(on, bool):
        raise _refuse(check, "「on」は true か false で書いてください", "on")
    values = {n: _values(check, p, data[n]) if n in data else p.default for n, p in known.items()}
    return Setting(on, values, _level(check, data["level"]) if "level" in data else None)


def _level(check: Check, data: object) -> Level | None:
    """The level chosen, None for the shipped one."""
    allowed = check.levels or (check.level,)
    if data not in [level.value for level in allowed]:
        names = "か".join(f"「{level.value}」" for level in allowed)
        raise _refuse(check, f"扱いは、{names}で書いてください", "level")
    chosen = Level(str(data))
    return None if chosen is check.level else chosen


def _values(check: Check, param: Param, data: object) -> tuple[Decimal, ...]:
    if param.several:
        if not isinstance(data, list | tuple) or not data:
            raise _refuse(check, f"「{param.label}」は、数の並びで書いてください", param.name)
        return tuple(sorted({_number(check, param, one) for one in data}))
    return (_number(check, param, data),)


def _number(check: Check, param: Param, data: object) -> Decimal:
    kind = "整数" if param.whole else "数"
    span = f"{param.lowest:f}から{param.highest:f}までの{kind}"
    wanted = f"「{param.label}」は、{span}で入力してください"
    if isinstance(data, bool | float) or not isinstance(data, int | str | Decimal):
        # a float would carry digits that nobody wrote
        raise _refuse(check, f'{wanted}（例："{param.default[0]:f}"）', param.name)
    try:
        value = Decimal(data)
    except InvalidOperation as error:
        raise _refuse(check, wanted, param.name) from error
    fits = value.is_finite() and param.lowest <= value <= param.highest
    if not fits or (param.whole and value != value.to_integral_value()):
        raise _refuse(check, wanted, param.name)
    return value


def _refuse(check: Check, what: str, param: str | None = None) -> RuleViolation:
    field = f"{check.id}.{param}" if param else check.id
    return RuleViolation("checks.setting", f"点検「{check.name}」の{what}。", field=field)


def describe(check: Check, setting: Setting) -> str:
    """A setting in words: 「行わない」「提出を止める」「理由を求める（達成率の上限（%） 250）」."""
    if not setting.on:
        return "行わない"
    numbers = "、".join(
        f"{param.label} {'・'.join(f'{value.normalize():f}' for value in setting.numbers(param.name))}"
        for param in check.params
    )
    level = ASKS[setting.level or check.level]
    return f"{level}（{numbers}）" if numbers else level


DEFAULT = Policy({check.id: check.default for check in CHECKS})
"""All checks on, with the numbers of domain.md §6 where it names any."""
