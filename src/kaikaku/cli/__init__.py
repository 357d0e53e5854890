"""The command `kaikaku`: parse, call, print. What it does, a script can do through the packages below.

Exit status: 0 done; 1 findings or refused data (told on standard error); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from kaikaku import __version__
from kaikaku.cli import (
    data,
    documents,
    ideas,
    installation,
    lint,
    matching,
    reminding,
    values,
    workbooks,
    working,
)
from kaikaku.core.errors import RuleViolation

GROUPS = (values, documents, lint, installation, data, workbooks, reminding, working, ideas, matching)
DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The whole command line; docs/cli.md is generated from it."""
    top = argparse.ArgumentParser(
        prog="kaikaku", description="行財政改革プランを、文書から評価・公表まで動かします。"
    )
    top.add_argument("--version", action="version", version=f"kaikaku {__version__}")
    commands = top.add_subparsers(title="コマンド", dest="command", metavar="コマンド", required=True)
    for group in GROUPS:
        group.register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except RuleViolation as refusal:
        print(f"kaikaku: {refusal}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # the reader of our output (head, less) has seen enough; what is left must not be flushed at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\nkaikaku: 中断しました。", file=sys.stderr)
        return REFUSED
    return status
