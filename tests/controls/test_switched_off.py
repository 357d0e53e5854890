"""A government that keeps its internal control elsewhere: nothing of it is left hanging."""

from pathlib import Path

from tests.site.switched_off import run_without


def test_without_controls_the_rest_stands(tmp_path: Path) -> None:
    done = run_without("controls", label="内部統制", data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
