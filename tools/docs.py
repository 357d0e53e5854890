"""Write the documents that are generated: docs/cli.md from the command's own help."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLI = ROOT / "docs" / "cli.md"


def cli_markdown() -> str:
    """Every command with its help, as the terminal shows it at 100 columns."""
    from kaikaku.cli import parser

    os.environ["COLUMNS"] = "100"
    top = parser()
    parts = [
        "# コマンド",
        "",
        "`kaikaku --help` から作っています。直すときは `src/kaikaku/cli/` を直し、",
        "`make docs` を実行してください。",
        "終了コードは、0が完了、1が不備または受け付けられないデータ、2が使い方の誤りです。",
        "",
        "```text",
        top.format_help().strip(),
        "```",
    ]
    for name, command in commands_of(top):
        parts += ["", f"## kaikaku {name}", "", "```text", command.format_help().strip(), "```"]
    return "\n".join(parts) + "\n"


def commands_of(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def main() -> int:
    CLI.write_text(cli_markdown(), encoding="utf-8")
    print(f"書きました：{CLI.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
