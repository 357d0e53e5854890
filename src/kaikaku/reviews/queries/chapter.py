"""What reviews add to a publication: the opinions and answers that are public."""

from __future__ import annotations

from kaikaku.core.eras import show_date
from kaikaku.plans.models import Edition
from kaikaku.reviews.queries.opinions import report_rows, stance_counts
from kaikaku.writers.dataset import Chapter, PlainTable

TITLE = "有識者の意見と対応"


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of an edition's publication; None where nothing is both public and answered."""
    rows = [row for row in report_rows(edition, public_only=True) if row.stance]
    if not rows:
        return None
    meetings = dict.fromkeys(f"{row.meeting}（{show_date(row.held_on)}）" for row in rows)
    counted = "、".join(f"「{name}」{count}件" for name, count in stance_counts(rows).items())
    table = PlainTable(
        caption="意見と対応方針",
        header=("項目", "意見", "対応", "対応方針", "反映した箇所"),
        rows=tuple(
            (
                row.item,
                row.text,
                row.stance_words,
                row.answer,
                f"{row.target}（{row.target_edition}）" if row.target else "—",
            )
            for row in rows
        ),
    )
    said = f"{'、'.join(meetings)}でいただいた意見{len(rows)}件への対応は、{counted}です。"
    return Chapter(TITLE, (said,), (table,))
