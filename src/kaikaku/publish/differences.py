"""What changed between two datasets of one edition: what a 正誤表 must explain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kaikaku.core import eras
from kaikaku.writers.dataset import EditionDataset, Figure, Indicator, Rated, Section

ROLES = {"baseline": "基準値", "target": "目標値", "actual": "実績値"}
NOTHING = "（なし）"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `key` names it between two requests; `where` is what the 正誤表 prints."""

    key: str
    where: str
    old: str
    new: str


def changes(old: EditionDataset, new: EditionDataset) -> list[Change]:
    """Every difference a reader could see, in the order of the new dataset, then what is gone."""
    found = [Change("title", "題名", old.title, new.title)] if old.title != new.title else []
    if old.summary != new.summary:
        found.append(Change("summary", "概要", "\n".join(old.summary), "\n".join(new.summary)))
    if old.scheme != new.scheme:
        found.append(Change("scheme", "評価の方法", rule_of(old), rule_of(new)))
    found += section_changes(old, new)
    found += indicator_changes(old, new)
    return found


def rule_of(dataset: EditionDataset) -> str:
    scheme = dataset.scheme
    return f"{scheme.rule}　{scheme.denominator}　{scheme.shares_method}" if scheme else NOTHING


def section_changes(old: EditionDataset, new: EditionDataset) -> Iterator[Change]:
    before = {section.id: section for section in old.sections}
    for section in new.sections:
        was = before.pop(section.id, None)
        name = heading(section)
        if was is None:
            yield Change(f"section:{section.id}", f"見出し「{name}」", NOTHING, name)
            continue
        if heading(was) != name:
            yield Change(f"section:{section.id}", f"見出し「{heading(was)}」", heading(was), name)
        if words(was) != words(section):
            yield Change(f"text:{section.id}", f"「{name}」の内容", words(was), words(section))
        if overall(was) != overall(section):
            yield Change(f"overall:{section.id}", f"「{name}」の総合評価", overall(was), overall(section))
    for section in before.values():
        yield Change(f"section:{section.id}", f"見出し「{heading(section)}」", heading(section), NOTHING)


def overall(section: Section) -> str:
    one = section.overall
    return "　".join(part for part in (one.label, one.reason) if part) if one else NOTHING


def heading(section: Section) -> str:
    return " ".join(part for part in (section.number, section.title) if part)


def words(section: Section) -> str:
    items = ("・" + item.text for item in section.items)
    cells = (" ".join(row) for table in section.tables for row in (table.header, *table.rows))
    return "\n".join((section.subtitle or "", *section.text, *items, *cells)).strip()


def indicator_changes(old: EditionDataset, new: EditionDataset) -> Iterator[Change]:
    before = {indicator.id: indicator for indicator in old.indicators}
    for indicator in new.indicators:
        was = before.pop(indicator.id, None)
        key = f"indicator:{indicator.id}"
        if was is None:
            yield Change(key, f"指標「{indicator.name}」", NOTHING, indicator.name)
            continue
        if (was.name, was.unit) != (indicator.name, indicator.unit):
            shown = [f"{one.name}（{one.unit}）" for one in (was, indicator)]
            yield Change(key, f"指標「{was.name}」", *shown)
        yield from figure_changes(was, indicator)
        if (was.external_factor or "") != (indicator.external_factor or ""):
            pair = (was.external_factor or NOTHING, indicator.external_factor or NOTHING)
            yield Change(f"{key}:external", f"「{indicator.name}」の外的要因", *pair)
    for indicator in before.values():
        yield Change(f"indicator:{indicator.id}", f"指標「{indicator.name}」", indicator.name, NOTHING)


def figure_changes(was: Indicator, now: Indicator) -> Iterator[Change]:
    before = {place(figure): figure for figure in was.figures}
    after = {place(figure): figure for figure in now.figures}
    for role, year in {**before, **after}:
        pair = (shown(before.get((role, year))), shown(after.get((role, year))))
        if pair[0] != pair[1]:
            when = eras.show_fiscal_year(year, style="era") if year is not None else ""
            where = f"「{now.name}」の{when}{ROLES.get(role, role)}"
            yield Change(f"figure:{now.id}:{role}:{year}", where, *pair)
    grades = {r.fiscal_year: grade(r) for r in was.results}
    for result in now.results:
        pair = (grades.get(result.fiscal_year, NOTHING), grade(result))
        if pair[0] != pair[1] and result.fiscal_year in grades:
            when = eras.show_fiscal_year(result.fiscal_year, style="era")
            yield Change(f"grade:{now.id}:{result.fiscal_year}", f"「{now.name}」の{when}の評価", *pair)


def place(figure: Figure) -> tuple[str, int | None]:
    return figure.role, figure.fiscal_year


def shown(figure: Figure | None) -> str:
    if figure is None:
        return NOTHING
    marks = {"projected": "（見込み）", "preliminary": "（速報）"}
    return (figure.shown or figure.reason or NOTHING) + marks.get(figure.status, "")


def grade(result: Rated) -> str:
    rate = f"{result.rate_shown}%" if result.rate is not None else NOTHING
    return f"{rate} {result.grade_label}".strip()
