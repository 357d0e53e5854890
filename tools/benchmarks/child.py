"""Runs one piece, `module:function argument …`, and prints its figures as JSON on the last line."""

from __future__ import annotations

import importlib
import json
import sys


def main(piece: str, *arguments: str) -> None:
    module, _, function = piece.partition(":")
    work = getattr(importlib.import_module(f"tools.benchmarks.{module}"), function)
    print(json.dumps(work(*(int(one) if one.isdecimal() else one for one in arguments))))


if __name__ == "__main__":
    main(*sys.argv[1:])
