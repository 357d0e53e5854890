"""What the application server loads: `kaikaku.wsgi:application`."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaikaku.settings")

if settings.SECRET_IS_TEMPORARY and not settings.DEBUG:
    raise ImproperlyConfigured(
        f"署名用の秘密鍵がまだありません（{settings.SECRET_FILE}）。"
        "先に kaikaku setup を実行してください。環境変数 KAIKAKU_SECRET_KEY で渡すこともできます。"
    )

application = get_wsgi_application()


def _warm() -> None:
    """After the apps are there; no connection is left over to the threads that answer."""
    from django.db import connections

    from kaikaku.home.warming import warm

    warm()
    connections.close_all()


_warm()
