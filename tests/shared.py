"""The real documents stand beside the checkout, not in it; tests that want them ask here."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(name: str) -> Path:
    """The path of `name` in the shared folder; the test is skipped, saying why, where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not beside this checkout, so the real document cannot be read")
    return path
