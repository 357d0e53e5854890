#!/usr/bin/env python3
"""From a bare machine with Python 3.11 to one on which Kaikaku runs. Standard library only.

Makes `.venv`, installs the locked packages (hashes checked), and takes third-party files into `vendor/`.
Where a `bundle/` folder lies beside this tool's folder (see tools/bundle.py) everything comes from it and
no network is used. Doing it again costs nothing while the lock has not changed.

    python3 tools/prepare.py           what `make run` needs
    python3 tools/prepare.py --extras  with the heavy parts that a government may do without
    python3 tools/prepare.py --dev     what `make test` needs (the extras too)
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENDOR = ROOT / "vendor"
BUNDLE = ROOT / "bundle"
# each holds all of the one before it
LOCKS = ("requirements.txt", "requirements-extras.txt", "requirements-dev.txt")
QUIET = ("is ignored", "is already installed", "new release of pip", "To update, run")


def main() -> int:
    parser = argparse.ArgumentParser(description="Kaikakuの実行環境を用意します。")
    parser.add_argument("--extras", action="store_true", help="大きな団体向けの部品も入れる")
    parser.add_argument("--dev", action="store_true", help="検査に必要なものも入れる")
    asked = parser.parse_args()
    if sys.version_info < (3, 11):
        say(f"Python 3.11以上が必要です（いまは {sys.version.split()[0]}）。")
        say("python3.11 を入れて、もう一度実行してください。")
        return 1
    try:
        install_packages(LOCKS[2 if asked.dev else 1 if asked.extras else 0])
    except subprocess.CalledProcessError:
        say(
            "パッケージを入れられませんでした。上の行の理由を確かめ、ネットワークかbundle/を用意してもう一度実行してください。"
        )
        return 1
    for part in json.loads((ROOT / "third-party.json").read_text(encoding="utf-8"))["parts"]:
        take(part)
    return 0


def say(text: str) -> None:
    print(text, flush=True)


def install_packages(name: str) -> None:
    """Install a lock into `.venv`, unless the stamp says that it, or a larger one, is in place."""
    lock = ROOT / name
    wanted = {path.name: digest(path) for path in (lock, ROOT / "pyproject.toml")}
    covered = {smaller: digest(ROOT / smaller) for smaller in LOCKS[: LOCKS.index(name)]}
    stamp = VENV / "kaikaku-installed.json"
    done = json.loads(stamp.read_text()) if stamp.exists() else {}
    if all(done.get(name) == value for name, value in wanted.items()):
        return
    python = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        step("仮想環境 .venv を作っています", [sys.executable, "-m", "venv", str(VENV)])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if (BUNDLE / "wheels").is_dir():
        pip += ["--no-index", "--find-links", str(BUNDLE / "wheels")]
    count = lock.read_text(encoding="utf-8").count("==")
    step(f"パッケージ{count}個を入れています（初回だけ）", [*pip, "--require-hashes", "-r", str(lock)])
    step("kaikaku コマンドを入れています", [*pip, "--no-build-isolation", "--no-deps", "-e", str(ROOT)])
    stamp.write_text(json.dumps(wanted | covered))


def step(label: str, command: list[str]) -> None:
    """Run a command behind one progress line; its output is shown only when it fails."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: list[str] = []
    alive = sys.stdout.isatty()
    print(f"・{label}…", end="" if alive else "\n", flush=True)
    while True:
        try:
            lines = process.communicate(timeout=1)[0].splitlines()
            break
        except subprocess.TimeoutExpired:
            if alive:
                print(f"\r・{label}… {time.monotonic() - started:.0f}秒", end="", flush=True)
    if alive:
        print(f"\r・{label}… {time.monotonic() - started:.0f}秒 済み")
    if process.returncode:
        say("\n".join(line for line in lines if not any(word in line for word in QUIET)))
        raise subprocess.CalledProcessError(process.returncode, command)


def take(part: dict) -> None:
    """Put the files of one third-party part into `vendor/`, from the first of its sources that can be had."""
    if any(all(fits(VENDOR / f["to"], f["sha256"]) for f in s["files"].values()) for s in part["sources"]):
        return
    reasons = []
    for source in part["sources"]:
        say(f"・{part['name']}を用意しています（{source['package']} {source['version']}）…")
        with tempfile.TemporaryDirectory() as folder:
            try:
                unpack(obtain(source, Path(folder)), source)
            except (OSError, subprocess.CalledProcessError, LookupError, ValueError) as problem:
                reasons.append(f"{source['package']}: {problem}")
                continue
        return
    say(f"！{part['name']}を用意できませんでした（{part['why']}ために使います）。{part['without']}")
    for reason in reasons:
        say(f"  {reason}")


def archive_name(source: dict) -> str:
    """The file name under which a bundle keeps the package of `source`."""
    ending = ".tgz" if source["from"] == "npm" else ".whl"
    return source["package"].strip("@").replace("/", "-") + "-" + source["version"] + ending


def obtain(source: dict, folder: Path) -> Path:
    """The package file of `source`, from the bundle or its registry's own client, its checksum proved."""
    path = BUNDLE / "third-party" / archive_name(source)
    if not path.exists():
        if BUNDLE.is_dir():
            raise LookupError("bundle/ に入っていません")
        path = download(source, folder)
    kind, _, expected = source["integrity"].replace("sha512-", "sha512:").partition(":")
    found = hashlib.new(kind, path.read_bytes())
    if expected not in (found.hexdigest(), base64.b64encode(found.digest()).decode()):
        raise ValueError("チェックサムが合いません（別のファイルが届きました）")
    return path


def download(source: dict, folder: Path) -> Path:
    spec = f"{source['package']}@{source['version']}"
    if source["from"] == "npm":
        npm = shutil.which("npm")
        if not npm:
            raise LookupError("npm がありません")
        command = [npm, "pack", "--silent", spec]
    else:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", spec.replace("@", "==")]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return next(path for path in folder.iterdir() if path.suffix in {".tgz", ".whl"})


def unpack(archive: Path, source: dict) -> None:
    for inside, wanted in source["files"].items():
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                data = wheel.read(inside)
        else:
            with tarfile.open(archive) as tar:
                member = tar.extractfile(inside)
                data = member.read() if member else b""
        if hashlib.sha256(data).hexdigest() != wanted["sha256"]:
            raise ValueError(f"{inside} のチェックサムが合いません")
        target = VENDOR / wanted["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def fits(path: Path, sha256: str) -> bool:
    return path.exists() and digest(path) == sha256


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
