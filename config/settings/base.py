"""Every setting, in labelled sections. Values come from the environment through config/env.py."""

import hashlib
import secrets
import tempfile
from pathlib import Path

import dj_database_url
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_int, env_list, env_secret, env_str

# --- Where things are -------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOME = Path(env_str("STACKDRAFT_HOME", str(BASE_DIR / "var"))).resolve()

# --- Mode -------------------------------------------------------------------------------------

# embedded: SQLite and a private Redis under HOME, one machine, secrets made on first use.
# production: everything said by the environment, nothing made up.
MODE = env_str("STACKDRAFT_MODE", "embedded")
if MODE not in {"embedded", "production"}:
    raise ImproperlyConfigured(f"STACKDRAFT_MODE is {MODE!r}; use embedded or production.")
EMBEDDED = MODE == "embedded"
DEBUG = env_bool("STACKDRAFT_DEBUG", False)


def _kept_secret(variable: str, file_name: str, make: object) -> str:
    """The secret from the environment; in embedded mode made once and kept, readable by its owner only."""
    if value := env_secret(variable):
        return value
    if not EMBEDDED:
        raise ImproperlyConfigured(f"{variable} is not set. Production needs it (or {variable}_FILE).")
    path = HOME / file_name
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())  # type: ignore[operator]
    return path.read_text().strip()


# --- Secrets and hosts ------------------------------------------------------------------------

SECRET_KEY = _kept_secret("STACKDRAFT_SECRET_KEY", "secret-key", lambda: secrets.token_urlsafe(50))
# Comma-separated Fernet keys; the first encrypts, all decrypt. Put a new key in front to rotate.
CREDENTIAL_KEYS = [
    key.strip()
    for key in _kept_secret(
        "STACKDRAFT_CREDENTIAL_KEYS", "credential-keys", lambda: Fernet.generate_key().decode()
    ).split(",")
    if key.strip()
]
if not CREDENTIAL_KEYS:
    raise ImproperlyConfigured("STACKDRAFT_CREDENTIAL_KEYS holds no key.")
for _number, _key in enumerate(CREDENTIAL_KEYS, start=1):
    try:
        Fernet(_key)
    except ValueError:
        raise ImproperlyConfigured(
            f"Key {_number} of STACKDRAFT_CREDENTIAL_KEYS is no Fernet key: 32 bytes in URL-safe base64."
        ) from None
ALLOWED_HOSTS = env_list("STACKDRAFT_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = env_list("STACKDRAFT_TRUSTED_ORIGINS")

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "channels",
    "csp",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "catalog",
    "designer",
    "estimator",
    "deployer",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "catalog.middleware.OneCatalogue",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "dist"],
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

# --- Database ---------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(env_str("DATABASE_URL", f"sqlite:///{HOME / 'stackdraft.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes, and writers queue instead of failing half-way.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Queue and sockets ------------------------------------------------------------------------


def _private_socket() -> str:
    """A socket in HOME, or in the temporary directory when the path is too long for one (107 bytes)."""
    path = str(HOME / "redis.sock")
    if len(path.encode()) <= 100:
        return path
    return f"{tempfile.gettempdir()}/stackdraft-{hashlib.sha256(path.encode()).hexdigest()[:16]}.sock"


# Without REDIS_URL the embedded mode starts a Redis of its own on this socket.
PRIVATE_REDIS_SOCKET = "" if env_str("REDIS_URL") or not EMBEDDED else _private_socket()
REDIS_URL = env_str("REDIS_URL", f"unix://{PRIVATE_REDIS_SOCKET}")
if REDIS_URL == "unix://":
    raise ImproperlyConfigured("REDIS_URL is not set. Production needs it: redis://host:6379/0")
# Celery spells a unix socket "redis+socket://", Channels and redis-py "unix://".
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = env_int("STACKDRAFT_TASK_TIME_LIMIT", 300, minimum=10)
# Longer than the longest task, else the broker hands out work that still runs. Recovery is the sweep's job.
# Whoever queues gives up at once: what could not be queued is found by the sweep.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "max_retries": 1, "interval_start": 0}
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
}

# --- Sign-in ----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = env_int("STACKDRAFT_SIGN_IN_TRIES", 10, minimum=1)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "config.session.too_many_tries"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # the parsers say more exactly how much they take

# --- API --------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "config.api_errors.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Stackdraft",
    "DESCRIPTION": "Draw a cloud architecture, see what it costs a month, deploy it to OpenStack.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Names in the generated TypeScript; without them the schema makes some up.
    "ENUM_NAME_OVERRIDES": {
        "ChangeEnum": "config.schema_names.CHANGE",
        "DeploymentStatusEnum": "config.schema_names.DEPLOYMENT_STATUS",
        "DriftStatusEnum": "config.schema_names.DRIFT_STATUS",
        "PlanStatusEnum": "config.schema_names.PLAN_STATUS",
        "PriceListKindEnum": "config.schema_names.PRICE_LIST_KIND",
        "SeverityEnum": "config.schema_names.SEVERITY",
        "ShownViewEnum": "config.schema_names.SHOWN_VIEW",
        "SourceKindEnum": "config.schema_names.SOURCE_KIND",
        "VerbEnum": "config.schema_names.VERB",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# --- Browser safety ---------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # Mantine and React Flow set style attributes; scripts stay strict.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
# Embedded, they are served from where they lie; in production `collectstatic` gathers them here.
STATIC_ROOT = None if EMBEDDED else HOME / "static"
# Vite writes hashed files to frontend/dist/assets and index.html beside them.
STATICFILES_DIRS = (
    [("app", BASE_DIR / "frontend" / "dist")] if (BASE_DIR / "frontend" / "dist").exists() else []
)
WHITENOISE_USE_FINDERS = EMBEDDED

# --- Lists ------------------------------------------------------------------------------------

# Columns that apps above add to lists of apps below (catalog/columns.py).
TEMPLATE_COLUMNS = {"monthly": "estimator.selectors.template_totals"}
DESIGN_COLUMNS = {
    "monthly": "estimator.selectors.design_totals",
    "budget": "estimator.services.budgets.design_budgets",
    "deployment": "deployer.selectors.latest_deployments",
    "drift": "deployer.selectors.drifted_designs",
}

# What the diagram's view "cost" shows (designer/selectors.py).
DIAGRAM_COSTS = "estimator.selectors.component_costs"

# --- Clouds -----------------------------------------------------------------------------------

# The practice cloud answers on loopback; a public installation turns this off.
ALLOW_PRIVATE_CLOUD_ADDRESSES = env_bool("STACKDRAFT_ALLOW_PRIVATE_CLOUDS", EMBEDDED)
# Host names that clouds may have; empty means any public one.
CLOUD_HOST_ALLOW_LIST = env_list("STACKDRAFT_CLOUD_HOSTS")

# --- Deployments ------------------------------------------------------------------------------

# A worker silent for so long counts as dead, and another goes on with its deployment.
DEPLOYMENT_LEASE_SECONDS = env_int("STACKDRAFT_DEPLOYMENT_LEASE", 30, minimum=2)
# Deployments that went quiet are looked for this often.
CELERY_BEAT_SCHEDULE = {
    "sweep-deployments": {
        "task": "deployer.tasks.sweep_deployments",
        "schedule": float(env_int("STACKDRAFT_SWEEP_SECONDS", 5, minimum=1)),
        "options": {"expires": 30},
    },
    "refresh-clouds": {
        "task": "deployer.tasks.refresh_clouds",
        "schedule": 600.0,
        "options": {"expires": 300},
    },
    "sweep-operations": {
        "task": "deployer.tasks.sweep_operations",
        "schedule": float(env_int("STACKDRAFT_SWEEP_SECONDS", 5, minimum=1)),
        "options": {"expires": 30},
    },
    # Off-hours, stays that end, and looks for drift.
    "tend-stays": {
        "task": "deployer.tasks.tend_stays",
        "schedule": float(env_int("STACKDRAFT_TEND_SECONDS", 60, minimum=1)),
        "options": {"expires": 60},
    },
}
# What a cloud has to offer is read anew after so long; 0 leaves it to people.
CLOUD_REFRESH_HOURS = env_int("STACKDRAFT_CLOUD_REFRESH_HOURS", 6)
# How often each place where a design stands is looked at for drift; 0 never does it by itself.
DRIFT_CHECK_MINUTES = env_int("STACKDRAFT_DRIFT_MINUTES", 60, minimum=0)

# --- Language, time, logs ---------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("STACKDRAFT_LOG_LEVEL", "WARNING")},
    # It warns of what it then raises too.
    "loggers": {"keystoneauth": {"level": "ERROR"}},
}
