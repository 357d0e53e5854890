"""A government whose sections do not help each other out: nothing of it is left hanging."""

from pathlib import Path

from tests.site.switched_off import run_without


def test_without_exchange_the_rest_stands(tmp_path: Path) -> None:
    done = run_without("exchange", label="庁内の応援", data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
