"""Every setting, read from the environment; with none set, everything runs on an SQLite file under `var/`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from flaks import env
from flaks.secretfile import kept_secret
from flaks.shapes import COMPONENTS

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this is --------------------------------------------------------------------------------------------------

DEBUG = env.boolean("FLAKS_DEBUG", False)
PORT = env.integer("PORT", 8000, minimum=1, maximum=65535)
ALLOWED_HOSTS = env.words("FLAKS_HOSTS", "localhost,127.0.0.1,[::1]")
FLAKS_PUBLIC_URL = env.url("FLAKS_PUBLIC_URL")
if FLAKS_PUBLIC_URL and (public_host := urlsplit(FLAKS_PUBLIC_URL).hostname) not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(str(public_host))
ROOT_URLCONF = "flaks.urls"
WSGI_APPLICATION = "flaks.wsgi.application"
TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en"
USE_I18N = False

# --- Database ------------------------------------------------------------------------------------------------------

MONGO_URI = env.mongo_uri("MONGO_URI")
DEFAULT_SQLITE_PATH = BASE_DIR / "var" / "flaks.sqlite3"

if MONGO_URI:
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": "django_mongodb_backend",
            "HOST": MONGO_URI,
            "NAME": env.identifier("MONGO_DB", "flaks"),
            # A bot gives up after 7 s: a database that is away must be told in two.
            "OPTIONS": {
                "serverSelectionTimeoutMS": 2000,
                "connectTimeoutMS": 2000,
                "socketTimeoutMS": 5000,
                "waitQueueTimeoutMS": 2000,
                "maxPoolSize": 200,  # a process has 192 threads
            },
        }
    }
    DEFAULT_AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
    MIGRATION_MODULES = {
        "admin": "flaks.mongodb.migrations.admin",
        "auth": "flaks.mongodb.migrations.auth",
        "contenttypes": "flaks.mongodb.migrations.contenttypes",
    }
    DJANGO_APPS = [
        "flaks.mongodb.apps.MongoAdminConfig",
        "flaks.mongodb.apps.MongoAuthConfig",
        "flaks.mongodb.apps.MongoContentTypesConfig",
    ]
else:
    SQLITE_PATH = env.file_to_write("SQLITE_PATH", DEFAULT_SQLITE_PATH)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": SQLITE_PATH,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A deferred transaction that turns into a writer fails at once where another writes: lock first.
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    DJANGO_APPS = ["flaks.apps.FlaksAdminConfig", "django.contrib.auth", "django.contrib.contenttypes"]

# --- Secrets and sessions ------------------------------------------------------------------------------------------

SECRET_KEY = env.secret("SESSION_SECRET")
if SECRET_KEY and len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SESSION_SECRET: expected at least 32 characters")
if not SECRET_KEY and MONGO_URI and not DEBUG:
    raise ImproperlyConfigured("SESSION_SECRET: has to be set where MONGO_URI is, so that all processes share one")
if not SECRET_KEY:
    SECRET_KEY = kept_secret(env.file_to_write("SQLITE_PATH", DEFAULT_SQLITE_PATH).with_name("session-secret"))

FLAKS_HTTPS = env.boolean("FLAKS_HTTPS", False)
SECURE_SSL_REDIRECT = FLAKS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if FLAKS_HTTPS else 0
# Whether the rest of the operator's domain may only be reached over https is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FLAKS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600
X_FRAME_OPTIONS = "DENY"

TRUSTED_PROXIES = env.integer("FLAKS_TRUSTED_PROXIES", 0, minimum=0, maximum=10)
if FLAKS_HTTPS and not TRUSTED_PROXIES:
    raise ImproperlyConfigured(
        "FLAKS_HTTPS: needs FLAKS_TRUSTED_PROXIES of 1 or more; it is a proxy that speaks https, and says so"
    )
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Written where X-Forwarded-For arrives and nobody is trusted, so that `check --deploy` can warn of it.
FORWARDED_NOTE = env.file_to_write("SQLITE_PATH", DEFAULT_SQLITE_PATH).parent / "x-forwarded-for-seen"
CSRF_TRUSTED_ORIGINS = [FLAKS_PUBLIC_URL] if FLAKS_PUBLIC_URL else []

# --- Parts ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    *DJANGO_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "flaks.apps.FlaksConfig",
    "keys",
    "music",
]
MIDDLEWARE = [
    "flaks.middleware.RequestIdMiddleware",
    "flaks.middleware.SecurityHeadersMiddleware",
    "flaks.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "flaks.middleware.PageSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "flaks.middleware.PageAuthenticationMiddleware",
    "flaks.middleware.PageMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "/static/"
# Served from the apps' own folders: no build step, and no manifest that could be missing.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "keys.AdminUser"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "admin:login"

# --- Limits of the site --------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
# django-ratelimit is not among the installed apps: its checks refuse a cache in process memory, where each process
# counts for itself. For the sign-in page and the public pages that is enough; the keys' quota is in the database.
RATELIMIT_IP_META_KEY = "flaks.addresses.client_ip"
IN_PROCESS = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": IN_PROCESS, "LOCATION": "default", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    # Apart, so that a busy API does not push the count of sign-in attempts out.
    "limits": {"BACKEND": IN_PROCESS, "LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    # Apart, since they are large: some 20 kB each.
    "pages": {"BACKEND": IN_PROCESS, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}},
}
# What all processes remember together; a Redis that is away is done without (music/store.py).
REDIS_URL = env.redis_url("REDIS_URL")
if REDIS_URL:
    CACHES["shared"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "flaks",
        # One for every thread: where there are none left, the cache would be taken for one that is away.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_connections": 256},
    }
RATELIMIT_USE_CACHE = "limits"

# Whether a thread of each process writes what was called (keys/usage.py); tests write it themselves.
FLAKS_BACKGROUND = True
# What a new key gets where nobody says otherwise, and the most that anybody may give; None is unlimited.
FLAKS_KEY_DAILY_LIMIT = env.optional_integer("FLAKS_KEY_DAILY_LIMIT", minimum=0, maximum=2**31 - 1)
FLAKS_KEY_DAILY_LIMIT_MAX = env.optional_integer("FLAKS_KEY_DAILY_LIMIT_MAX", minimum=0, maximum=2**31 - 1)
FLAKS_KEY_BURST = env.integer("FLAKS_KEY_BURST", 20, minimum=1, maximum=100_000)
FLAKS_KEY_BURST_MAX = env.optional_integer("FLAKS_KEY_BURST_MAX", minimum=1, maximum=100_000)
FLAKS_KEY_DAYS = env.optional_integer("FLAKS_KEY_DAYS", minimum=1, maximum=36_500)
FLAKS_KEY_DAYS_MAX = env.optional_integer("FLAKS_KEY_DAYS_MAX", minimum=1, maximum=36_500)
env.refuse_above(
    FLAKS_KEY_DAILY_LIMIT=(FLAKS_KEY_DAILY_LIMIT, FLAKS_KEY_DAILY_LIMIT_MAX),
    FLAKS_KEY_BURST=(FLAKS_KEY_BURST, FLAKS_KEY_BURST_MAX),
    FLAKS_KEY_DAYS=(FLAKS_KEY_DAYS, FLAKS_KEY_DAYS_MAX),
)

# --- The API -------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["keys.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["keys.permissions.HasApiKey"],
    "DEFAULT_THROTTLE_CLASSES": ["keys.throttling.KeyThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["flaks.renderers.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "flaks.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_SCHEMA_CLASS": "flaks.schema.Schema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Flaks Music API",
    "DESCRIPTION": "A song name or a link in, the right song and a link that plays out.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "PREPROCESSING_HOOKS": ["flaks.schema.of_the_api"],
    "APPEND_COMPONENTS": {"schemas": COMPONENTS},
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["flaks.playschema.with_links"],
}

CORS_ORIGINS = env.origins("FLAKS_CORS_ORIGINS", "*")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_ALL_ORIGINS = "*" in CORS_ORIGINS
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else CORS_ORIGINS
CORS_ALLOW_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "x-api-key", "x-request-id"]
CORS_EXPOSE_HEADERS = [
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Server-Timing",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-ID",
]
CORS_PREFLIGHT_MAX_AGE = 86400

# --- Music ---------------------------------------------------------------------------------------------------------

KNOWN_SOURCES = ("jiosaavn", "spotify", "youtube")
FLAKS_SOURCES = env.choices("FLAKS_SOURCES", ",".join(KNOWN_SOURCES), KNOWN_SOURCES)
if not {"jiosaavn", "youtube"}.intersection(FLAKS_SOURCES):
    raise ImproperlyConfigured("FLAKS_SOURCES: needs jiosaavn or youtube, since the others give no audio")
FLAKS_DEADLINE_MS = env.integer("FLAKS_DEADLINE_MS", 6000, minimum=500, maximum=60_000)
FLAKS_HEDGE_MS = env.integer("FLAKS_HEDGE_MS", 300, minimum=20, maximum=60_000)
FLAKS_CACHE_SECONDS = env.integer("FLAKS_CACHE_SECONDS", 3600, minimum=1, maximum=86_400)
FLAKS_SERVER_THREADS = 192  # of each of the server's processes
FLAKS_SOURCE_THREADS = env.integer("FLAKS_SOURCE_THREADS", 16, minimum=1, maximum=256)
# A stream that we carry holds a thread: this many of a process's 192, so that calls are answered meanwhile.
FLAKS_MAX_STREAMS = env.integer("FLAKS_MAX_STREAMS", 144, minimum=1, maximum=180)
FLAKS_ACCEL = env.choice("FLAKS_ACCEL", "", ("", "nginx"))
# Sources whose media hosts bots cannot reach: their audio goes through this server.
FLAKS_CARRY = env.choices("FLAKS_CARRY", "", KNOWN_SOURCES)
FLAKS_MAX_TRACK_SECONDS = env.integer("FLAKS_MAX_TRACK_SECONDS", 10_800, minimum=60, maximum=86_400)
FLAKS_LINK_HOURS = env.integer("FLAKS_LINK_HOURS", 12, minimum=1, maximum=168)
FLAKS_CA_FILE = env.text("FLAKS_CA_FILE")
if FLAKS_CA_FILE and not Path(FLAKS_CA_FILE).is_file():
    raise ImproperlyConfigured("FLAKS_CA_FILE: there is no such file")

JIOSAAVN_URL = env.service_url("JIOSAAVN_URL", "https://www.jiosaavn.com")
JIOSAAVN_PROXY = env.url("JIOSAAVN_PROXY")
JIOSAAVN_LANGUAGES = env.words("JIOSAAVN_LANGUAGES", "hindi,english")
JIOSAAVN_CONNECT_MS = env.integer("JIOSAAVN_CONNECT_MS", 3000, minimum=50, maximum=60_000)
JIOSAAVN_READ_MS = env.integer("JIOSAAVN_READ_MS", 5000, minimum=50, maximum=60_000)
JIOSAAVN_MEDIA_KEY = env.secret("JIOSAAVN_MEDIA_KEY")
if JIOSAAVN_MEDIA_KEY and len(JIOSAAVN_MEDIA_KEY.encode()) != 8:
    raise ImproperlyConfigured("JIOSAAVN_MEDIA_KEY: expected 8 bytes")

SPOTIFY_OPEN_URL = env.service_url("SPOTIFY_OPEN_URL", "https://open.spotify.com")
SPOTIFY_PARTNER_URL = env.service_url("SPOTIFY_PARTNER_URL", "https://api-partner.spotify.com")
SPOTIFY_API_URL = env.service_url("SPOTIFY_API_URL", "https://api.spotify.com")
SPOTIFY_CLIENT_ID = env.text("SPOTIFY_CLIENT_ID")
SPOTIFY_CLIENT_SECRET = env.secret("SPOTIFY_CLIENT_SECRET")
SPOTIFY_HASHES = env.text("SPOTIFY_HASHES")
if not re.fullmatch(r"([A-Za-z]{1,40}=[0-9a-f]{64}(,|\Z))*", SPOTIFY_HASHES):
    raise ImproperlyConfigured("SPOTIFY_HASHES: expected operation=<64 hex digits>, separated by commas")
SPOTIFY_PROXY = env.url("SPOTIFY_PROXY")

YOUTUBE_URL = env.service_url("YOUTUBE_URL", "https://www.youtube.com")
YOUTUBE_MUSIC_URL = env.service_url("YOUTUBE_MUSIC_URL", "https://music.youtube.com")
YOUTUBE_PROXY = env.url("YOUTUBE_PROXY")
YOUTUBE_REGION = env.text("YOUTUBE_REGION", "IN")
if not (len(YOUTUBE_REGION) == 2 and YOUTUBE_REGION.isascii() and YOUTUBE_REGION.isupper()):
    raise ImproperlyConfigured("YOUTUBE_REGION: expected two capital letters, as in IN")
YOUTUBE_HOURLY_VIDEOS = env.integer("YOUTUBE_HOURLY_VIDEOS", 300, minimum=1, maximum=100_000)

LRCLIB_URL = env.service_url("LRCLIB_URL", "https://lrclib.net")

# --- Logs ----------------------------------------------------------------------------------------------------------

LOG_FORMAT = env.choice("FLAKS_LOG_FORMAT", "plain", ("plain", "json"))
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "flaks.logs.PlainFormatter"},
        "json": {"()": "flaks.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would write past the scrubbing formatter.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # It logs each address that it opens, and the services' links are signed: they are secrets.
        "urllib3": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
