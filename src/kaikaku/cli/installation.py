"""The installation itself: `setup`, `demo`, `serve`, `check`, `verify-log`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from kaikaku import __version__
from kaikaku.cli.django_side import require_database, start
from kaikaku.core.errors import RuleViolation


def register(commands: Any) -> None:
    setup = commands.add_parser(
        "setup",
        help="初回の準備と、更新後の準備をする",
        description="データの置き場所、秘密鍵、データベース、画面の部品を用意します。何度でも実行できます。",
    )
    setup.set_defaults(run=run_setup)
    demo = commands.add_parser(
        "demo",
        help="見本（5県のプランと、みほん県）を入れる",
        description="公表された5つのプランの要約を取り込み、みほん県の見本を作り、公表します。入っていれば何もしません。",
    )
    demo.add_argument(
        "--day",
        type=a_day,
        metavar="年-月-日",
        help="みほん県の年度をどの日まで進めておくか（既定は今日）",
    )
    demo.set_defaults(run=run_demo)
    serve = commands.add_parser(
        "serve", help="起動する", description="本番用のサーバーで起動します。止めるときは Ctrl+C です。"
    )
    serve.add_argument("--host", default="127.0.0.1", help="待ち受ける住所（既定は 127.0.0.1）")
    serve.add_argument("--port", type=int, default=8000, help="待ち受けるポート（既定は 8000）")
    serve.add_argument("--workers", type=int, default=2, help="働き手の数（既定は 2）")
    serve.set_defaults(run=run_serve)
    check = commands.add_parser(
        "check",
        help="動く状態かを調べる",
        description="設定、データベース、フォント、置き場所、記録を調べます。",
    )
    check.set_defaults(run=run_check)
    verify = commands.add_parser(
        "verify-log",
        help="操作の記録が書き換えられていないかを調べる",
        description="操作の記録の鎖をたどり、欠けや書き換えがないかを調べます。",
    )
    verify.set_defaults(run=run_verify)


def a_day(text: str) -> date:
    """A day as the command takes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」を日付として読み取れません（例：2026-11-21）") from None


@contextmanager
def step(words: str) -> Iterator[None]:
    """One line of progress: what is being done, then how long it took."""
    print(f"・{words}…", end="", flush=True)
    started = time.monotonic()
    yield
    print(f" {time.monotonic() - started:.1f}秒", flush=True)


def run_setup(_: argparse.Namespace) -> int:
    start()
    from django.conf import settings
    from django.core.management import call_command

    for folder in (settings.DATA, settings.MEDIA_ROOT, settings.PUBLICATIONS_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True, mode=0o750)
    make_secret(settings.SECRET_FILE)
    with step("データベースを用意しています"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    stamp = settings.STATIC_ROOT / "kaikaku-version"
    if not stamp.exists() or stamp.read_text() != static_version():
        with step("画面の部品をそろえています"):
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(static_version())
    return 0


def make_secret(file: Path) -> None:
    """Make the signing secret once, for its owner only; one given by the environment is left alone."""
    import secrets

    if file.exists() or "KAIKAKU_SECRET_KEY" in os.environ:
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write(secrets.token_urlsafe(64))


def static_version() -> str:
    """Changes with the version and with every static file, so that set-up collects anew only then."""
    import hashlib

    package = Path(__file__).resolve().parents[1]
    seen = hashlib.sha256(__version__.encode())
    for pattern in ("*/static/**/*", "writers/assets/**/*"):
        for path in sorted(package.glob(pattern)):
            if path.is_file():
                seen.update(
                    f"{path.relative_to(package)} {path.stat().st_size} {path.stat().st_mtime_ns}".encode()
                )
    return seen.hexdigest()


def run_demo(arguments: argparse.Namespace) -> int:
    start()
    require_database()
    from kaikaku.cli.demo import load_demo

    return load_demo(day=arguments.day)


def run_serve(arguments: argparse.Namespace) -> int:
    start()
    require_database()
    if not 1 <= arguments.port <= 65535:
        raise RuleViolation(
            "cli.port", f"ポート {arguments.port} は使えません。1から65535までの数にしてください。"
        )
    print(f"起動します：http://{arguments.host}:{arguments.port}/　（止めるときは Ctrl+C）", flush=True)
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        arguments.host,
        "--port",
        str(arguments.port),
        "--workers",
        str(arguments.workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "kaikaku.wsgi:application",
    ]
    # the server takes this process over, so that a service manager's signals reach it
    os.execv(sys.executable, command)  # noqa: S606


def run_check(_: argparse.Namespace) -> int:
    """Every point is tried; the exit status is 1 if one fails."""
    start()
    failed = 0
    for words, point in POINTS:
        try:
            point()
        except RuleViolation as trouble:
            failed += 1
            print(f"×　{words}：{trouble}")
        else:
            print(f"○　{words}")
    return 1 if failed else 0


def check_settings() -> None:
    from django.core import checks

    serious = [found for found in checks.run_checks() if found.is_serious()]
    if serious:
        raise RuleViolation("cli.check_settings", "".join(str(found.msg) for found in serious))


def check_folder() -> None:
    from django.conf import settings

    if not os.access(settings.DATA, os.W_OK):
        raise RuleViolation(
            "cli.check_folder",
            f"{settings.DATA} に書き込めません。フォルダーの持ち主と権限を確かめてください。",
        )


def check_fonts() -> None:
    from kaikaku.writers.fonts import font_folder

    font_folder()


def check_log() -> None:
    from kaikaku.audit import services

    breaks = services.verify()
    if breaks:
        raise RuleViolation(
            "cli.check_log",
            f"操作の記録に{len(breaks)}か所の異常があります。kaikaku verify-log で確かめてください。",
        )


POINTS = (
    ("設定", check_settings),
    ("データの置き場所", check_folder),
    ("データベース", require_database),
    ("PDFのフォント", check_fonts),
    ("操作の記録", check_log),
)


def run_verify(_: argparse.Namespace) -> int:
    start()
    require_database()
    from kaikaku.audit import services

    breaks = services.verify()
    for found in breaks:
        print(f"団体{found.organisation or '（共通）'}：{found.what}", file=sys.stderr)
    if not breaks:
        print("操作の記録は、初めから終わりまでつながっています。")
    return 1 if breaks else 0
