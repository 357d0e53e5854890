"""The sample edition printed once, for all tests that only read it."""

from pathlib import Path

import pytest
from tests.writers.printing import sample_folder


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the printed sample; do not change it."""
    return sample_folder(tmp_path_factory.mktemp("printed"))
