"""A kind of ledger as its TOML file: what `reading.read_kind` reads back as the same kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from kaikaku.ledgers.kind import Kind

Settings = Mapping[str, object]


def write_kind(kind: Kind) -> str:
    """The file of a kind."""
    top = {
        "code": kind.code,
        "name": kind.name,
        "about": kind.about,
        "title": kind.title,
        "retention": kind.retention,
        "public": kind.public,
        "states": dict(kind.states),
        "closed": list(kind.closed),
    }
    fields = [
        {name: getattr(field, name) for name in ("code", "label", "type")}
        | {
            "unit": "" if field.type in ("money", "percent") else field.unit,
            "choices": dict(field.choices),
            "required": field.required,
            "public": field.public,
            "yearly": field.yearly,
            "roles": list(field.roles),
            "help": field.help,
            "was": field.was,
        }
        for field in kind.fields
    ]
    alerts = [{"field": one.field, "days": list(one.days), "words": one.words} for one in kind.alerts]
    metrics = [
        {name: getattr(one, name) for name in ("code", "name", "definition", "unit")}
        | {"expression": one.text, "accumulation": one.accumulation}
        | {"decimals": one.decimals, "public": one.public}
        for one in kind.metrics
    ]
    return write_settings(top, {"fields": fields, "alerts": alerts, "metrics": metrics})


def write_settings(top: Settings, tables: Mapping[str, Sequence[Settings]]) -> str:
    """Settings and tables of settings as TOML; what is empty or false is left out."""
    lines = list(_lines(top))
    for name, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{name}]]", *_lines(row)]
    return "\n".join(lines) + "\n"


def _lines(settings: Settings) -> Iterator[str]:
    for key, value in settings.items():
        if value not in ("", False, 0, [], {}, None):
            yield f"{key} = {_written(value)}"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    # a JSON string is a TOML basic string, less the delete character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
