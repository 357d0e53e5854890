"""What stands in brackets or beside a value: its year, its window, its status; else a note."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kaikaku.core.eras import parse_fiscal_year, parse_period
from kaikaku.core.quantities.words import BEFORE_PATTERNS, STATUS_PATTERNS

_BRACKET = re.compile(
    r"\s*(?:\(([^()]*)\)|〔([^〔〕]*)〕|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>|〈([^〈〉]*)〉)\s*$"
)
_MARK_AFTER = re.compile(r"(?<=\S)\s*(?:※\s?\d{0,2}|[*＊]{1,2}|\(?注\s?\d{0,2}\)?)$")
# 「※1705回」 may be note 1 on 705 or a note on 1705
_MARK_BEFORE = re.compile(r"^(?:※\d{0,2}\s+|[*＊]\s?)(?=[\d△▲約])")
_CUMULATIVE = re.compile(r"(?:の|までの|まで)?\s*(?:累計|累積|合計|計|総額|総計)$")
_ROLE = re.compile(r"\s*(?:の)?(?:実績|目標|基準|現状|計画|当初|決算|予算)(?:値|額)?$")
_HAS_ERA_OR_UNIT = re.compile(r"[年令平昭㋿㍻HRS]|FY")
_ERA_YEAR = r"(?:[RHS]\s?|令和\s*|平成\s*|昭和\s*)(?:元|\d{1,2})|\d{4}(?=年)"
_YEAR_TEXT = rf"(?:{_ERA_YEAR})(?:年度|年)?(?:\s*[~-]\s*(?:(?:{_ERA_YEAR})|\d{{1,2}}(?=年))(?:年度|年)?)?"
_LEADING = re.compile(
    rf"^(?P<year>{_YEAR_TEXT}(?:の?累計)?)"
    r"(?:(?:末|度末)?まで(?:に|の)?|末時点|末現在|末|度末|実績|目標値?|計画|当初)?"
    r"(?:\s*[::は]\s*|\s+|(?<=[度計末績に])|(?<=目標値)|(?<=目標))(?=[^\s])"
)
_TRAILING = re.compile(rf"\s(?P<year>{_YEAR_TEXT}(?:末)?(?:の?累計)?)$")


@dataclass(frozen=True, slots=True)
class Context:
    """What was learnt from the surroundings of a number."""

    fiscal_year: int | None = None
    cumulative_from: int | None = None
    status: str | None = None
    qualifiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def note(self) -> str | None:
        return "".join(self.notes) or None


def peel(text: str) -> tuple[str, Context]:
    """(the number's own text, what the brackets and years around it say) of a narrowed text."""
    context = Context()
    for mark in (_MARK_AFTER, _MARK_BEFORE):
        if (match := mark.search(text)) and text != match.group():
            context = replace(context, notes=(*context.notes, match.group().strip()))
            text = text[: match.start()] + text[match.end() :]
    while (match := _BRACKET.search(text)) and text[: match.start()].strip():
        content = next(group for group in match.groups() if group is not None)
        bare_year_allowed = not text[: match.start()].rstrip()[-1:].isdigit()
        context = _learn(context, content, shown=match.group().strip(), bare_year=bare_year_allowed)
        text = text[: match.start()]
    leading = re.match(r"[(〔\[【<〈]([^()〔〕\[\]【】<>〈〉]*)[)〕\]】>〉]\s*(?=\S)", text)
    if leading and not _learn(Context(), leading[1]).notes:
        context = _learn(context, leading[1])
        text = text[leading.end() :]
    for pattern in (_LEADING, _TRAILING):
        if match := pattern.search(text):
            learnt = _learn(context, match["year"])
            if learnt.fiscal_year is not None:
                context, text = learnt, text[: match.start()] + text[match.end() :]
    return text.strip(), context


def _learn(context: Context, content: str, *, shown: str = "", bare_year: bool = False) -> Context:
    content = content.strip()
    word = next((w for w, pattern in BEFORE_PATTERNS if pattern.fullmatch(content)), None)
    if word:
        return replace(context, qualifiers=(*context.qualifiers, word))
    for status, pattern in STATUS_PATTERNS:
        if ending := re.search(rf"(?:{pattern.pattern})$", content):
            context = replace(context, status=status)
            content = content[: ending.start()].strip(" 、,")
            if not content:
                return context
            break
    cumulative = _CUMULATIVE.search(content)
    body = content[: cumulative.start()] if cumulative else _ROLE.sub("", content)
    if not (bare_year or _HAS_ERA_OR_UNIT.search(body)):
        return _with_note(context, shown, cumulative=cumulative is not None)
    period, year = parse_period(body), parse_fiscal_year(body)
    if context.fiscal_year is not None or (period is None and year is None):
        return _with_note(context, shown, cumulative=cumulative is not None)
    if period and cumulative:
        return replace(context, fiscal_year=period[1], cumulative_from=period[0])
    if period:
        return replace(context, fiscal_year=period[1], notes=(shown, *context.notes))
    context = replace(context, fiscal_year=year)
    return replace(context, qualifiers=(*context.qualifiers, "累計")) if cumulative else context


def _with_note(context: Context, shown: str, *, cumulative: bool) -> Context:
    qualifiers = (*context.qualifiers, "累計") if cumulative and "累計" in shown else context.qualifiers
    return replace(context, notes=(shown, *context.notes), qualifiers=qualifiers)
