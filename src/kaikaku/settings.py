"""Settings, from the environment only; an unsafe or unreadable value is refused with a sentence.

| variable | meaning | default |
|---|---|---|
| KAIKAKU_DATA | folder of the database, sources, publications and the secret | ./var |
| KAIKAKU_SECRET_KEY, KAIKAKU_SECRET_KEY_FILE | the signing secret, or its file | KAIKAKU_DATA/secret |
| KAIKAKU_HOSTS | host names people type, separated by commas | 127.0.0.1,localhost |
| KAIKAKU_HTTPS | 1 where people reach us over HTTPS (secure cookies, HSTS) | 0 |
| KAIKAKU_PROXY | 1 where a reverse proxy sets X-Forwarded-Proto | 0 |
| KAIKAKU_DEBUG | 1 on a developer's own machine | 0 |
| KAIKAKU_APPS_OFF | apps this government does not use, separated by commas | (none) |
| DATABASE_URL | postgres://user:password@host:5432/name | SQLite in KAIKAKU_DATA |
| KAIKAKU_SMTP | smtp://user:password@host:25, smtps:// or smtp+starttls:// | files in KAIKAKU_DATA/mail |
| KAIKAKU_MAIL_FROM | the sender of reminders | kaikaku@localhost |
| KAIKAKU_URL | the address people open, put into letters | http://127.0.0.1:8000 |
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(
            f"環境変数 {name} の「{value}」は使えません。1（はい）か 0（いいえ）にしてください。"
        )
    return value == "1"


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _database(url: str) -> dict[str, Any]:
    """The DATABASES entry of a postgres:// address; its query carries libpq options such as sslmode."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or port == -1:
        raise ImproperlyConfigured(
            "環境変数 DATABASE_URL を読み取れません。"
            "postgres://利用者:パスワード@サーバー:5432/データベース名 の形で書いてください。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _mail(url: str) -> dict[str, Any]:
    """The settings of a mail server's address; how it is spoken to stands in the scheme."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "環境変数 KAIKAKU_SMTP を読み取れません。"
            "smtp://利用者:パスワード@サーバー:25 の形で書いてください（smtps:// も使えます）。"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 20,
    }


def _secret(file: Path) -> tuple[str, bool]:
    """The signing secret and whether it is made up for this process only (then wsgi refuses to start)."""
    given = os.environ.get("KAIKAKU_SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured(
                "環境変数 KAIKAKU_SECRET_KEY が短すぎます。推測されないよう、50文字以上の乱数にしてください。"
            )
        return given, False
    if file.is_file():
        return file.read_text(encoding="ascii").strip(), False
    if "KAIKAKU_SECRET_KEY_FILE" in os.environ:
        raise ImproperlyConfigured(
            f"秘密鍵のファイル {file} がありません。KAIKAKU_SECRET_KEY_FILE を確かめてください。"
        )
    return secrets.token_urlsafe(64), True


# --- where things are kept ---------------------------------------------------------------------------

DATA = Path(os.environ.get("KAIKAKU_DATA", "var")).resolve()
MEDIA_ROOT = DATA / "media"
PUBLICATIONS_ROOT = DATA / "publications"
STATIC_ROOT = DATA / "static"
SECRET_FILE = Path(os.environ.get("KAIKAKU_SECRET_KEY_FILE", DATA / "secret"))
SECRET_KEY, SECRET_IS_TEMPORARY = _secret(SECRET_FILE)

# --- who may reach us --------------------------------------------------------------------------------

DEBUG = _flag("KAIKAKU_DEBUG")
HTTPS = _flag("KAIKAKU_HTTPS")
ALLOWED_HOSTS = _words("KAIKAKU_HOSTS", "127.0.0.1,localhost")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "環境変数 KAIKAKU_HOSTS に「*」は使えません。"
        "利用者が開く名前を書いてください（例：kaikaku.pref.example.jp）。"
    )
if DEBUG and not {"127.0.0.1", "localhost", "[::1]"}.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "KAIKAKU_DEBUG=1 は手元の機械（127.0.0.1, localhost）だけで使えます。"
        "ほかの人が開くときは KAIKAKU_DEBUG を外してください。"
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if _flag("KAIKAKU_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- apps --------------------------------------------------------------------------------------------

# The bottom of the house, without which nothing stands, and what a government may go without.
BASE_APPS = ["ui", "audit", "org", "sources", "plans", "reporting", "home"]
OPTIONAL_APPS = ["reviews", "bpr", "ideas", "exchange", "ledgers", "controls", "ingest", "publish"]
APPS_OFF = _words("KAIKAKU_APPS_OFF")
if _unknown := sorted(set(APPS_OFF) - set(OPTIONAL_APPS)):
    raise ImproperlyConfigured(
        f"環境変数 KAIKAKU_APPS_OFF の「{'、'.join(_unknown)}」は止められません。"
        f"止められるのは {'、'.join(OPTIONAL_APPS)} です。"
    )
KAIKAKU_APPS = [app for app in BASE_APPS + OPTIONAL_APPS if app not in APPS_OFF]

INSTALLED_APPS = [
    "kaikaku.org.admin_config.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    *(f"kaikaku.{app}" for app in KAIKAKU_APPS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kaikaku.ui.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kaikaku.org.middleware.KeepSessionAlive",
    "kaikaku.org.middleware.ChangePasswordFirst",
]

ROOT_URLCONF = "kaikaku.urls"
WSGI_APPLICATION = "kaikaku.wsgi.application"

# --- database and cache ------------------------------------------------------------------------------

if _url := os.environ.get("DATABASE_URL"):
    DATABASES = {"default": _database(_url)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "db.sqlite3",
            "OPTIONS": {
                # A writer takes the write lock at BEGIN: two requests wait for each other, none fails midway.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Failed sign-ins are counted here; a cache per process would count each worker's apart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kaikaku_cache",
        # The default of 300 would let someone who tries many names push out the counts of the others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- sign-in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "kaikaku.ui.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_NAME = "kaikaku_session"
CSRF_COOKIE_NAME = "kaikaku_csrf"
ACCOUNT_ADAPTER = "kaikaku.org.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kaikaku.org.account_forms.LoginForm",
    "change_password": "kaikaku.org.account_forms.ChangePasswordForm",
    "reauthenticate": "kaikaku.org.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Five wrong passwords for one account shut it for 15 minutes; the second limit slows one machine trying many.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/15m/key,50/15m/ip",
    "login": "120/m/ip",
    "reauthenticate": "10/m/user",
}

# --- language, templates, static files ---------------------------------------------------------------

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            *(PACKAGE / app / "templates" for app in KAIKAKU_APPS),
            PACKAGE / "writers" / "templates",
        ],
        "OPTIONS": {"environment": "kaikaku.ui.jinja.environment"},
    },
    {
        # For Django's admin only; our pages and the sign-in pages are found by Jinja2 first.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [("look", PACKAGE / "writers" / "assets")]
# The UD font that set-up has taken, for machines without it; ui/base.html links it where it is.
FONTS = Path(os.environ.get("KAIKAKU_FONTS", PACKAGE.parents[1] / "vendor" / "fonts"))
if all((FONTS / f"BIZUDPGothic-{weight}.ttf").is_file() for weight in ("Regular", "Bold")):
    STATICFILES_DIRS += [("fonts", FONTS), ("fonts", PACKAGE / "ui" / "webfonts")]
# Fonts take half a minute to squeeze and go to few machines.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "jpg", "gif", "woff", "woff2", "ttf", "otf", "gz", "br")
# What has been collected is served hashed and compressed; what has not, from where it lies.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kaikaku.ui.storage.StaticStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- letters -----------------------------------------------------------------------------------------

# Without a mail server letters are written to files, so that nothing is lost and nothing leaves the machine.
if _smtp := os.environ.get("KAIKAKU_SMTP"):
    globals().update(_mail(_smtp))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("KAIKAKU_MAIL_FROM", "kaikaku@localhost")
SITE_URL = os.environ.get("KAIKAKU_URL", "http://127.0.0.1:8000").rstrip("/")

# --- what goes wrong ---------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}},
    "filters": {"request_id": {"()": "kaikaku.ui.middleware.RequestIdFilter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["request_id"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
