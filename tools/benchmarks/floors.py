"""The floor of publishing: a page by a bare Jinja2 template, a JSON and a CSV for each indicator."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from tools.benchmarks.measure import Figures, peak_mib, seconds

PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{{ one.name }}</title></head>
<body><main><h1>{{ one.name }}</h1><p>{{ one.definition }}</p><p>{{ one.owner }}</p>
<table><caption>{{ one.unit }}</caption>
<thead><tr><th>年度</th><th>種類</th><th>値</th></tr></thead><tbody>
{% for figure in one.figures %}<tr><th>{{ figure.year }}</th><td>{{ figure.role }}</td>
<td>{{ figure.text }}</td></tr>
{% endfor %}</tbody></table>
<table><thead><tr><th>年度</th><th>達成率</th><th>評価</th><th>計算</th></tr></thead><tbody>
{% for result in one.results %}<tr><th>{{ result.year }}</th><td>{{ result.rate }}</td>
<td>{{ result.grade }}</td><td>{{ result.working }}</td></tr>
{% endfor %}</tbody></table></main></body></html>
"""


def plain(count: int) -> list[dict[str, Any]]:
    """The same indicators as ours, as plain dictionaries of text."""
    from tests.writers.sample_dataset import large

    return [
        {
            "id": one.id,
            "name": one.name,
            "definition": one.definition,
            "owner": one.owner,
            "unit": one.unit,
            "figures": [{"role": f.role, "year": f.fiscal_year, "text": f.shown} for f in one.figures],
            "results": [
                {"year": r.fiscal_year, "rate": r.rate_shown, "grade": r.grade, "working": r.working}
                for r in one.results
            ],
        }
        for one in large(count).indicators
    ]


def write_bare(indicators: list[dict[str, Any]], folder: Path) -> int:
    """Three files for each indicator; how many were written."""
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True).from_string(PAGE)
    for one in indicators:
        base = folder / one["id"]
        base.with_suffix(".html").write_text(page.render(one=one), encoding="utf-8")
        base.with_suffix(".json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        with base.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(("id", "role", "year", "text"))
            out.writerows((one["id"], f["role"], f["year"], f["text"]) for f in one["figures"])
    return 3 * len(indicators)


def bare_site(count: int) -> Figures:
    """CPU seconds and MiB of the floor for `count` indicators × 10 years."""
    import tempfile

    indicators = plain(count)
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        used = seconds(lambda: write_bare(indicators, Path(folder)))
    return {"cpu": used, "peak": peak_mib()}
