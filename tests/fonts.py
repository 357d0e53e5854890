"""Tests that print PDF ask here for the Japanese fonts that set-up fetches into vendor/fonts."""

from pathlib import Path

import pytest

FONTS = Path(__file__).resolve().parents[1] / "vendor" / "fonts"


def font_path(name: str = "BIZUDPGothic-Regular.ttf") -> Path:
    """The path of a font file; the test is skipped, saying why, where set-up has not fetched it."""
    path = FONTS / name
    if not path.exists():
        pytest.skip(f"vendor/fonts/{name} is not there (set-up fetches it), so no Japanese PDF can be made")
    return path
