"""The whole product in a real Chromium, as the office and the public meet it."""
