"""One Chromium for the folder, as in tests/browser."""

from tests.browser.conftest import _nothing_leaves_the_machine, browser

__all__ = ["_nothing_leaves_the_machine", "browser"]
