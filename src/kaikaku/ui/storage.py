"""Static files under names that carry their content's hash once collected, under their own before."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collecting is for speed: an installation that has not collected since an upgrade still works."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name if it was collected, else the plain one, which the finders serve."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))
