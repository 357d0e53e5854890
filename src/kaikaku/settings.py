"""Settings, from the environment only."""

SECRET_KEY = "replaced-by-the-foundation"  # noqa: S105
INSTALLED_APPS: list[str] = []
USE_TZ = True
