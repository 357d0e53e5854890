"""The face of a document: what the plan and the edition that come of it will be called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kaikaku.core.eras import find_years
from kaikaku.core.text import fold
from kaikaku.ingest.ratings import scheme_of
from kaikaku.readers.outline import Outline

_BRACKETED = re.compile(r"\s*[（(\[［【〔]([^（）()\[\]［］【】〔〕]*)[）)\]］】〕]\s*$")
_REPORT = re.compile(
    r"\s*(?:に(?:係る|関する|おける)|の)?\s*(?:取組|取り組み|進捗|実施|達成|推進)(?:の)?"
    r"(?:状況|実績|結果)(?:報告書?|等)?(?:について)?$"
)
_EDITION = re.compile(r"\s*(?:概要版|本編|資料編|全体版|素案|案|\(案\)|について)$")
_TIME_WORDS = re.compile(r"版|実績|年度|改訂|改定|策定|時点|決定|計画期間|第?\d+次?|[\s~～\-–ー―・、,.]|\d")


@dataclass(frozen=True, slots=True)
class Head:
    """Title, whose, which year and period; `plan_name` is the plan's own, without year and kind of paper."""

    title: str
    organisation: str = ""
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    plan_name: str = ""
    level_names: tuple[str, ...] = ()
    summary: str = ""
    published: str = ""
    scheme: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        values["period"] = list(self.period) if self.period else None
        values["level_names"] = list(self.level_names)
        values["scheme"] = dict(self.scheme) if self.scheme else None
        return values

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Head:
        known = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        period = known.get("period")
        known["period"] = (period[0], period[1]) if period else None
        known["level_names"] = tuple(known.get("level_names") or ())
        return cls(**known)


def head_of(outline: Outline, *, file_name: str) -> Head:
    """The face as read; without a title, the file's name, which the office corrects."""
    title = outline.title or file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    scheme = scheme_of(outline)
    lines = [*outline.preamble, *(f"・{item.text}" for item in outline.preamble_items)]
    return Head(
        title=title[:300],
        organisation=outline.organisation or "",
        fiscal_year=outline.fiscal_year,
        period=outline.period,
        plan_name=plan_name_of(title)[:200],
        summary="\n".join(lines),
        published=outline.published or "",
        scheme=None if scheme is None else scheme.as_json(),
    )


def plan_name_of(title: str) -> str:
    """The plan's name in a document's title: less the year in brackets and what says which paper it is.

    >>> plan_name_of("みやぎ行政運営・働き方改革推進プラン（令和8年度）")
    'みやぎ行政運営・働き方改革推進プラン'
    >>> plan_name_of("山形県行財政改革推進プラン 2021 に係る取組状況について")
    '山形県行財政改革推進プラン 2021'
    """
    name = title.strip()
    while True:
        bracketed = _BRACKETED.search(name)
        if bracketed and _only_time(bracketed[1]):
            shorter = name[: bracketed.start()]
        else:
            shorter = _REPORT.sub("", _EDITION.sub("", name))
        shorter = shorter.strip()
        if not shorter or shorter == name:
            return name
        name = shorter


def same_plan(one: str, other: str) -> bool:
    """Whether two names are of one plan, whatever year they carry in front (令和7年度○○計画)."""
    return bool(one and other) and _without_years(one) == _without_years(other)


def _without_years(name: str) -> str:
    for found in reversed(find_years(name)):
        if "年" in found.raw:
            name = name[: found.start] + name[found.end :]
    return fold(name)


def _only_time(words: str) -> bool:
    rest = words
    for found in reversed(find_years(words)):
        rest = rest[: found.start] + rest[found.end :]
    return not _TIME_WORDS.sub("", rest.replace("の", ""))
