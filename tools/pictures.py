"""Make docs/images/edition.png anew, from a fresh demo: `.venv/bin/python tools/pictures.py`.

Needs Chromium and the development packages. The demo is loaded into a folder of its own that is gone
afterwards; nothing of an installation is touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "images" / "edition.png"
WIDTH, HEIGHT = 1280, 1560
MOST_BYTES = 300_000
PATIENCE = 60  # seconds
EDITION = "令和7年度の取組状況"
ACCOUNT, PASSWORD = "jimukyoku", "mihon-kaikaku-2026"  # as `kaikaku demo` prints them


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium がないため、画像を作れません。", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="kaikaku-pictures-") as folder:
        environment = {**os.environ, "KAIKAKU_DATA": folder}
        for command in ("setup", "demo"):
            subprocess.run([*kaikaku(), command], env=environment, check=True)
        port = free_port()
        server = subprocess.Popen(
            [*kaikaku(), "serve", "--port", str(port), "--workers", "1"], env=environment
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            picture = take(chromium, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(smaller(picture))
    print(f"{OUT.relative_to(ROOT)}　{OUT.stat().st_size:,}バイト")
    return 0 if OUT.stat().st_size <= MOST_BYTES else 1


def kaikaku() -> list[str]:
    return [sys.executable, "-m", "kaikaku"]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Until the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{address} does not answer")


def take(chromium: str, url: str) -> bytes:
    """The top of the last finished edition of みほん県 as its secretariat sees it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="ja-JP", base_url=url)
        open_edition(page)
        picture = page.screenshot()
        browser.close()
    return picture


def open_edition(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("利用者名").fill(ACCOUNT)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログインする").click()
    page.goto("/plans/")
    page.get_by_role("link", name="版の一覧").first.click()
    page.get_by_role("link", name=EDITION).click()
    page.wait_for_url("**/plans/editions/*/")
    page.evaluate("document.fonts.ready")


def smaller(picture: bytes) -> bytes:
    """The same picture in 128 colours, which are enough for flat areas and the edges of letters."""
    out = BytesIO()
    whole = Image.open(BytesIO(picture)).convert("RGB")
    few = whole.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
