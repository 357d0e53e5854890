"""A government that does not ask its staff for ideas: nothing of it is left hanging."""

from pathlib import Path

from tests.site.switched_off import run_without


def test_without_ideas_the_rest_stands(tmp_path: Path) -> None:
    done = run_without("ideas", label="職員提案", data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
