"""Indicators told in lines instead of a table: 「＜目標＞ 電子申請利用率 60%（令和6年度）」「＜実績＞
42.8%」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kaikaku.core.quantities import find_quantities
from kaikaku.readers.figures import Expected, read_value
from kaikaku.readers.outline import Role, SectionRead, ValueRead
from kaikaku.readers.settling import Row
from kaikaku.readers.vocabulary import is_grade

_LINE = re.compile(
    r"[\s・○●■◆▼]*(?:[＜<〈《【\[［](?P<bracket>[^＞>〉》】\]］]{2,10})[＞>〉》】\]］]\s*[:：]?|(?P<colon>[^\s:：]{2,8})\s*[:：])"
    r"\s*(?P<rest>\S.*)"
)
_LABELS: dict[str, str] = {
    **dict.fromkeys(("指標", "指標名", "成果指標", "活動指標", "目標指標", "数値目標の項目"), "name"),
    **dict.fromkeys(("目標", "目標値", "数値目標", "年度目標", "最終目標", "達成目標"), "target"),
    **dict.fromkeys(("実績", "実績値", "最新値", "直近値", "達成値"), "actual"),
    **dict.fromkeys(("基準値", "基準", "策定時", "初期値"), "baseline"),
    **dict.fromkeys(("達成率", "進捗率"), "rate"),
    **dict.fromkeys(("評価", "判定", "自己評価", "達成度"), "grade"),
}


def labelled_rows(sections: Sequence[SectionRead]) -> Iterator[Row]:
    """Runs of labelled lines that hold a target and something to hold against it."""
    for position, section in enumerate(sections):
        lines = [*zip(section.text, section.text_lines, strict=True)]
        lines += [(item.text, item.line) for item in section.items]
        run: dict[str, tuple[str, int]] = {}
        for text, line in [*sorted(lines, key=lambda one: one[1]), ("", 0)]:
            label, rest = _labelled(text)
            if label is None or label in run:
                row = _row(run, section, position)
                if row is not None:
                    yield row
                run = {}
            if label is not None:
                run[label] = (rest, line)


def _labelled(text: str) -> tuple[str | None, str]:
    match = _LINE.fullmatch(text)
    if match is None:
        return None, ""
    return _LABELS.get((match["bracket"] or match["colon"]).strip()), match["rest"].strip()


def _row(run: dict[str, tuple[str, int]], section: SectionRead, position: int) -> Row | None:
    if "target" not in run or not run.keys() & {"actual", "baseline", "name"}:
        return None
    words, line = run["target"]
    told = find_quantities(words)
    if len(told) != 1:
        return None
    name = run["name"][0] if "name" in run else words[: told[0].start].strip(" 　:：は")
    row = Row(name or section.title, line, position, named=bool(name))
    for role in ("baseline", "target", "actual"):
        if role in run:
            row.values.append(_value(*run[role], role=role))
    row.rate = run["rate"][0] if "rate" in run else None
    row.grade = run["grade"][0] if "grade" in run and is_grade(run["grade"][0]) else None
    return row


def _value(text: str, line: int, *, role: str) -> ValueRead:
    found = find_quantities(text)
    shown = text[found[0].start :] if len(found) == 1 else text
    known: Role = "baseline" if role == "baseline" else "target" if role == "target" else "actual"
    return read_value(shown, Expected(line, known))
