"""Run as a program by test_worker: makes a round of さくら県 whose day has long passed."""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaikaku.settings"
    django.setup()
    from tests.cast import make_cast
    from tests.reporting.conftest import make_edition, make_round

    cast = make_cast()
    cast.sato.email = "sato@example.jp"
    cast.sato.save()
    make_round(cast, make_edition(cast))


if __name__ == "__main__":
    main()
