#!/usr/bin/env python3
"""Pack all that a closed network needs into one file: the source, every wheel, every third-party file.

The result is `dist/kaikaku-VERSION-bundle.tar.gz`; unpacked, `make run` works with the network off
(tools/prepare.py takes everything from the `bundle/` folder inside it). Wheels are those of the machine that
packs: pack on the same system and Python as the one that will run it.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from prepare import archive_name, obtain, say, step  # noqa: E402


def main() -> int:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+?)"', project, re.MULTILINE)
    name = f"kaikaku-{version[1] if version else '0'}-bundle"
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / name
        lay_source(stage)
        collect_wheels(stage / "bundle" / "wheels")
        collect_parts(stage / "bundle" / "third-party")
        target = ROOT / "dist" / f"{name}.tar.gz"
        target.parent.mkdir(exist_ok=True)
        say(f"・{target.name} にまとめています…")
        with tarfile.open(target, "w:gz", compresslevel=3) as tar:
            tar.add(stage, name)
    say(f"できました：dist/{target.name}（{target.stat().st_size / 1e6:.0f} MB）")
    say(f"持ち込んだ先で：tar xzf {target.name} && cd {name} && make run")
    return 0


def lay_source(stage: Path) -> None:
    """The committed tree, so that nothing of this machine travels along."""
    tar = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    stage.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        archive.extractall(stage, filter="data")


def collect_wheels(folder: Path) -> None:
    pip = [str(ROOT / ".venv/bin/python"), "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    lock = str(ROOT / "requirements-extras.txt")
    step("パッケージを集めています", [*pip, "--require-hashes", "--dest", str(folder), "-r", lock])


def collect_parts(folder: Path) -> None:
    folder.mkdir(parents=True)
    for part in json.loads((ROOT / "third-party.json").read_text(encoding="utf-8"))["parts"]:
        for source in part["sources"]:
            say(f"・{source['package']} を集めています…")
            with tempfile.TemporaryDirectory() as scratch:
                try:
                    shutil.copy(obtain(source, Path(scratch)), folder / archive_name(source))
                except (OSError, subprocess.CalledProcessError, LookupError, ValueError) as problem:
                    say(f"  取れませんでした（{problem}）")
                    continue
            break
        else:
            say(f"！{part['name']}がそろいませんでした。{part['without']}")


if __name__ == "__main__":
    sys.exit(main())
