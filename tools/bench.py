"""Measure our speed beside floors and peers, and write docs/benchmarks.md.

`--quick` takes a minute or two and `--only reading` (rating, publishing, drawing, pages, office, round,
ideas, ledgers, bpr, exchange) measures one kind of work; both write nothing unless `--out` names a file.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.benchmarks import report  # noqa: E402 (the tree's root must be on the path first)
from tools.benchmarks.measure import Row  # noqa: E402

KINDS = (
    "reading",
    "rating",
    "publishing",
    "drawing",
    "pages",
    "office",
    "round",
    "ideas",
    "ledgers",
    "bpr",
    "exchange",
)
WRITTEN = ROOT / "docs" / "benchmarks.md"


def main(given: list[str] | None = None) -> int:
    options = arguments().parse_args(given)
    started = time.monotonic()
    rows: list[Row] = []
    for kind in options.only or KINDS:
        report.say(f"── {kind}")
        for row in importlib.import_module(f"tools.benchmarks.{kind}").rows(quick=options.quick):
            rows.append(row)
            report.say(report.terminal(row))
    took = time.monotonic() - started
    out = options.out or (None if options.quick or options.only else WRITTEN)
    if out is not None:
        out.write_text(report.markdown(rows, took=took, quick=options.quick), encoding="utf-8")
        report.say(f"\n書きました：{out}")
    missed = sum(row.met is False for row in rows)
    report.say(f"{took:.0f}秒、目標{sum(row.met is not None for row in rows)}件のうち未達{missed}件")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="速さとメモリを、下限とほかの道具に対する比で測ります。")
    parser.add_argument("--quick", action="store_true", help="1分以内に終わる小さな測定だけ行う")
    parser.add_argument("--only", action="append", choices=KINDS, help="1種類だけ測る（繰り返し可）")
    parser.add_argument("--out", type=Path, help="結果を書くファイル（既定は docs/benchmarks.md）")
    return parser


if __name__ == "__main__":
    sys.exit(main())
