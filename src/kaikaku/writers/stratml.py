"""StratML: the plan (Part 1, ISO 17469-1) and the performance report (Part 2) as XML.

Element names and their order follow the published schemas (Part 1 of 2014-04-01, Part 2 of 2016-02-16); no
schema file is shipped, its rules stand in tests/writers/stratml_rules.py. Top sections are Goals, every
section below is an Objective of its Goal (the standard knows no deeper level), with the way down to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaikaku.core.eras import show_fiscal_year
from kaikaku.writers.book import Book, file_name
from kaikaku.writers.dataset import Figure, Indicator, Section, plain_number
from kaikaku.writers.sheets import Chunk

PART1 = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART2 = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_STATUS = {"projected": "見込値", "preliminary": "速報値", "confirmed": "確定値", "revised": "改定値"}
_STAGES = {"output": "Output", "outcome": "Outcome", "input": "Input"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# XML 1.0 has no way to write these, not even escaped
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def plan_xml(book: Book) -> Iterator[Chunk]:
    """Part 1: the plan without its figures."""
    yield from _Document(book, "StrategicPlan", PART1).chunks()


def report_xml(book: Book, indicators: Mapping[str, bytes], *, sha256: str) -> Iterator[Chunk]:
    """Part 2: the plan with its indicators' targets and results.

    `indicators`: what `indicator_xml` wrote, in UTF-8, by id; `sha256`: of the dataset.
    """
    yield from _Document(book, "PerformancePlanOrReport", PART2, indicators, sha256).chunks()


def indicator_xml(indicator: Indicator) -> str:
    """One PerformanceIndicator with a MeasurementInstance for every year that has a target or an actual."""
    stage = _STAGES.get(indicator.kind or "")
    attributes = f' ValueChainStage="{stage}"' if stage else ""
    years = sorted(
        {f.fiscal_year for f in indicator.figures if f.role != "baseline" and f.fiscal_year is not None}
    )
    instances = [_instance([f for f in indicator.figures if f.fiscal_year == fy], fy) for fy in years]
    return (
        f'<PerformanceIndicator{attributes} PerformanceIndicatorType="Quantitative">'
        f"{_tag('MeasurementDimension', indicator.name)}{_tag('UnitOfMeasurement', indicator.unit)}"
        f"<Identifier>{xml_id('indicator', indicator.id)}</Identifier>"
        f"{''.join(instances)}{_maybe('OtherInformation', _remarks(indicator))}</PerformanceIndicator>\n"
    )


def xml_id(kind: str, identifier: str) -> str:
    """A document-wide unique xsd:ID: starts with a letter, holds only letters, digits, - and _."""
    return f"{kind}-{file_name(identifier)}"


@dataclass(frozen=True, slots=True)
class _Document:
    """A plan (`indicators` None) or a report; both have the same skeleton."""

    book: Book
    root: str
    space: str
    indicators: Mapping[str, bytes] | None = None
    sha256: str = ""

    def chunks(self) -> Iterator[Chunk]:
        data = self.book.data
        kind = "" if self.indicators is None else ' Type="Performance_Report"'
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{self.root} xmlns="{self.space}"{kind}>\n'
        yield _tag("Name", data.title) + _maybe("Description", " ".join(data.summary))
        yield _maybe("OtherInformation", _about(self.book))
        yield "<StrategicPlanCore>\n<Organization>" + _tag("Name", data.organisation)
        code = data.organisation_code
        yield (
            f"<Identifier>organisation-{file_name(code)}</Identifier>" if code else ""
        ) + "</Organization>\n"
        tops = self.book.children.get(None, ())
        for place, top in enumerate(tops, 1):
            yield from self._goal(top, place)
        if not tops or (self.indicators is not None and self.book.loose):
            yield from self._loose_goal()
        yield f"</StrategicPlanCore>\n{self._administration()}</{self.root}>\n"

    def _goal(self, top: Section, place: int) -> Iterator[Chunk]:
        yield "<Goal>" + _tag("Name", top.title) + _tag("Description", _description(top))
        yield f"<Identifier>{xml_id('section', top.id)}</Identifier>"
        yield _tag("SequenceIndicator", top.number or str(place)) + _stakeholder(top)
        if self.indicators is not None and self.book.indicators.get(top.id):
            yield "<Objective>" + _tag("Name", f"{top.title}（全体）")
            yield f"<Identifier>{xml_id('whole', top.id)}</Identifier>"
            yield from self._figures(top.id)
            yield "</Objective>\n"
        for section in self.book.subtree(top):
            if section is not top:
                yield from self._objective(section)
        yield "</Goal>\n"

    def _objective(self, section: Section) -> Iterator[Chunk]:
        yield "<Objective>" + _tag("Name", section.title)
        yield _maybe("Description", _description(section, title=False))
        yield f"<Identifier>{xml_id('section', section.id)}</Identifier>"
        yield _maybe("SequenceIndicator", self.book.number_of(section.id)) + _stakeholder(section)
        above = " ＞ ".join(one.title for one in self.book.path(section.parent))
        yield _maybe("OtherInformation", f"上位の項目：{above}" if above else "")
        yield from self._figures(section.id)
        yield "</Objective>\n"

    def _figures(self, section: str) -> Iterator[bytes]:
        if self.indicators is not None:
            yield from (self.indicators[one.id] for one in self.book.indicators.get(section, ()))

    def _loose_goal(self) -> Iterator[Chunk]:
        """The standard wants one Goal at least; indicators under no section need one too."""
        data = self.book.data
        yield f"<Goal>{_tag('Name', data.plan)}{_tag('Description', data.title)}"
        yield "<Identifier>plan-whole</Identifier>"
        if self.indicators is not None and self.book.loose:
            yield f"<Objective>{_tag('Name', 'プラン全体の指標')}"
            yield from (self.indicators[one.id] for one in self.book.loose)
            yield "</Objective>\n"
        yield "</Goal>\n"

    def _administration(self) -> str:
        """When the plan runs (fiscal years end on 31 March of the next year) and when this was published."""
        data = self.book.data
        identifier = f"<Identifier>publication-{self.sha256[:16]}</Identifier>" if self.sha256 else ""
        span = "" if data.period is None else _span(data.period[0], data.period[1])
        day = f"<PublicationDate>{data.published_on.isoformat()}</PublicationDate>"
        return f"<AdministrativeInformation>{identifier}{span}{day}</AdministrativeInformation>\n"


def _about(book: Book) -> str:
    data = book.data
    parts = [f"{data.plan}　{data.edition}", f"ライセンス：{data.licence}", f"問合せ先：{data.contact}"]
    if data.sample:
        parts.append("これは架空の見本であり、実在の団体の計画ではありません。")
    if data.scheme is not None:
        parts.append(f"評価の方法：{data.scheme.rule}")
    return " ".join(parts)


def _description(section: Section, *, title: bool = True) -> str:
    words = [section.subtitle or "", *section.text, *(item.text for item in section.items)]
    found = " ".join(word for word in words if word)
    return found or (section.title if title else "")


def _stakeholder(section: Section) -> str:
    if not section.owner:
        return ""
    return f'<Stakeholder StakeholderTypeType="Organization">{_tag("Name", section.owner)}</Stakeholder>'


def _span(first: int, last: int) -> str:
    return f"<StartDate>{date(first, 4, 1)}</StartDate><EndDate>{date(last + 1, 3, 31)}</EndDate>"


def _instance(figures: Iterable[Figure], fiscal_year: int) -> str:
    results = {"target": "TargetResult", "actual": "ActualResult"}
    told = [
        "".join(_result(tag, f, fiscal_year) for f in figures if f.role == role)
        for role, tag in results.items()
    ]
    return f"<MeasurementInstance>{''.join(told)}</MeasurementInstance>"


def _result(tag: str, figure: Figure, fiscal_year: int) -> str:
    units = "" if figure.value is None else f"<NumberOfUnits>{plain_number(figure.value)}</NumberOfUnits>"
    words = [f"{show_fiscal_year(fiscal_year, style='era')}（{fiscal_year}年度）"]
    words.append(figure.text if figure.value is not None else f"値なし：{figure.reason or '理由の記載なし'}")
    if tag == "ActualResult" and figure.status != "confirmed":
        words.append(_STATUS.get(figure.status, figure.status))
    if figure.upper is not None:
        words.append(f"上限 {plain_number(Decimal(figure.upper))}")
    first = figure.cumulative_from or fiscal_year
    return f"<{tag}>{_span(first, fiscal_year)}{units}{_tag('Description', ' '.join(words))}</{tag}>"


def _remarks(indicator: Indicator) -> str:
    baseline = next((f for f in indicator.figures if f.role == "baseline"), None)
    words = [indicator.definition]
    if baseline is not None:
        year = (
            ""
            if baseline.fiscal_year is None
            else f"（{show_fiscal_year(baseline.fiscal_year, style='era')}）"
        )
        words.append(f"基準値：{baseline.text or 'なし'}{year}")
    words += [
        f"{show_fiscal_year(r.fiscal_year, style='era')}の評価：{r.grade_label or '評価なし'}"
        f" {r.working or r.reason or ''}".rstrip()
        for r in indicator.results
    ]
    if indicator.external_factor:
        words.append(f"外的要因：{indicator.external_factor}")
    return " ".join(word for word in (*words, *indicator.notes) if word)


def _tag(name: str, text: str) -> str:
    return f"<{name}>{_clean(text)}</{name}>"


def _maybe(name: str, text: str) -> str:
    return _tag(name, text) if text else ""


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN).translate(_ESCAPES)
