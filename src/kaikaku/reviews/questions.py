"""What needs deciding, found in an edition's results: a pure reading of grades, statuses and marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaikaku.core.indicators import Outcome
from kaikaku.plans.overall import Standing
from kaikaku.plans.results import Result

# Slots of the grades that a meeting is asked about (岩手県: C and D), and of those that went well.
WEAK = (3, 4)
STRONG = (1, 2)


@dataclass(frozen=True, slots=True)
class Question:
    """Why an item should be taken up: codes of words.REASONS, and the sentences to put on the agenda."""

    reasons: tuple[str, ...]
    text: str


def about_indicator(result: Result) -> Question | None:
    """The question an indicator raises, None where nothing is odd."""
    found: dict[str, str] = {}
    band, achievement = result.band, result.achievement
    if band is not None and not band.measurable:
        found["not_measurable"] = f"{band.name}です。{result.reason or ''}評価の扱いを決めてください。"
    elif band is not None and band.slot in WEAK:
        found["low"] = f"達成度が{band.name}です。対応を決めてください。"
    elif achievement.outcome is Outcome.PENDING and result.target is not None:
        found["pending"] = f"評価できる実績がまだありません。{result.reason or ''}"
    if result.actual is not None and result.actual.status == "projected":
        found["projected"] = "見込みの値です。確定すると評価が変わることがあります。"
    if result.indicator.external_factor:
        found["external"] = f"外的要因：{result.indicator.external_factor}"
    return Question(tuple(found), "\n".join(found.values())) if found else None


def about_section(results: Sequence[Result]) -> Question | None:
    """The question a section raises when what was done and what came of it point opposite ways."""
    outputs = [r for r in results if r.indicator.kind == "output" and r.band is not None]
    outcomes = [r for r in results if r.indicator.kind == "outcome" and r.band is not None]
    for done, came, said in (
        (_in(outputs, STRONG), _in(outcomes, WEAK), "活動は目標に届いていますが、成果が出ていません。"),
        (_in(outputs, WEAK), _in(outcomes, STRONG), "成果は出ていますが、活動が目標に届いていません。"),
    ):
        if done is not None and came is not None:
            figures = f"行動指標「{done.indicator.name}」は{_grade(done)}、"
            figures += f"成果指標「{came.indicator.name}」は{_grade(came)}です。"
            return Question(("opposite",), f"{said}\n{figures}取組の内容か指標の見直しを検討してください。")
    return None


def about_rating(standing: Standing | None) -> Question | None:
    """The question of an overall rating that is held, or that no longer agrees with its figures."""
    if standing is None:
        return None
    if standing.is_outdated:
        was, now = standing.settled, standing.automatic
        text = (
            f"総合評価を「{was.label if was else ''}」と決めた後に、自動判定が「{now.label}」に変わりました。"
        )
        return Question(("rerated",), f"{text}決め直すかどうかを確認してください。")
    if standing.automatic.is_held and not standing.is_final:
        return Question(
            ("held",), f"総合評価は判定保留です（{standing.automatic.sentence}）。扱いを決めてください。"
        )
    return None


def about_returns(times: int, reason: str) -> Question:
    """The question of a sheet that came back more than once."""
    said = f"最後の理由は「{reason}」です。" if reason else ""
    return Question(("returned",), f"調書が{times}回差し戻されています。{said}進め方を確認してください。")


def about_loop(title: str) -> Question:
    """The question of something noticed that waits for a decision."""
    return Question(("loop",), f"気づき「{title}」への対応を決めてください。")


def joined(*questions: Question | None) -> Question | None:
    """Several questions on one item as one; None without any."""
    asked = [question for question in questions if question is not None]
    if not asked:
        return None
    reasons = tuple(reason for question in asked for reason in question.reasons)
    return Question(reasons, "\n".join(question.text for question in asked))


def _in(results: Iterable[Result], slots: tuple[int, ...]) -> Result | None:
    return next((r for r in results if r.band and r.band.measurable and r.band.slot in slots), None)


def _grade(result: Result) -> str:
    return result.band.name if result.band else "—"
