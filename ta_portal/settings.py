"""Settings. No variable set: the try-out (SQLite, mail in a folder). DATABASE_URL set: production."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from ta_portal.secret import tryout_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What kind of running this is: production is a database server, nothing else.
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
PRODUCTION = bool(DATABASE_URL)
DEBUG = env.bool("DEBUG", default=False)

# Everything that running writes outside the database: key, mail, queue folders, static files.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="") or ("" if PRODUCTION else tryout_key(VAR_DIR))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "ta_portal",
    "requests_app",
    "api",
    "webhooks",
    "supervisory",
    "accounts",
    "standards",
    "outbox",
    "base",
    "django.contrib.admin.apps.SimpleAdminConfig",  # our own site: ta_portal/admin_site.py
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ta_portal.middleware.PrivacyHeaders",
    "ta_portal.middleware.OnePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ta_portal.middleware.AccessLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ta_portal.middleware.BodyLimit",  # before the check of a form's token, which reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionClock",
    "accounts.middleware.OwnTimeZone",
    "accounts.languages.Languages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorForOfficers",
]

ROOT_URLCONF = "ta_portal.urls"
WSGI_APPLICATION = "ta_portal.wsgi.application"

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
                "ta_portal.context.portal",
            ],
        },
    }
]

# Database. SQLite writes one at a time: WAL lets readers go on, IMMEDIATE avoids a lock that is asked for too late.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "portal.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}


def database(url: str) -> dict[str, object]:
    """Django's settings of the database at `url`; without one, the try-out's SQLite file."""
    if not url:
        return dict(SQLITE)
    if url.startswith("sqlite:"):
        return {**SQLITE, "NAME": environ.Env.db_url_config(url)["NAME"]}
    found = environ.Env.db_url_config(url)
    if found["ENGINE"] == "django.db.backends.postgresql":
        found["ENGINE"] = "base.postgresql"
    # Compiling a query costs PostgreSQL more than reading any page here. What is prepared (base/compiled.py) is planned
    # once, for any values.
    options = {"options": "-c jit=off -c plan_cache_mode=force_generic_plan", **found.get("OPTIONS", {})}
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    return {**found, **kept, "OPTIONS": options}


DATABASES = {"default": database(DATABASE_URL)}
# PostgreSQL keeps the plans of the busiest statements for each connection. Not behind a pooler that hands a connection
# on with each transaction.
PREPARED_STATEMENTS = env.bool("PREPARED_STATEMENTS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]  # alone: Django's own gives a superuser everything
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SECOND_FACTOR_FOR_OFFICERS = PRODUCTION
UNIT_ADDRESSES = env.dict("UNIT_ADDRESSES", default={})  # "branch=a@example.org,YAO=b@example.org"

# Sessions live in the database; their clocks are in accounts/clock.py
SESSION_ENGINE = "accounts.models.session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ta_portal.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# What browsers are told
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from the same machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes of one form, far above the sum of all limits of one section
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Documents of requests: private files that no address reaches. To be backed up with the database.
DOCUMENTS_ROOT = Path(env.str("DOCUMENTS_ROOT", default=str(VAR_DIR / "documents")))
# A virus scanner (clamd): tcp://host:3310 or unix:///path. With it no document is handed out before it was checked.
CLAMD_URL = env.str("CLAMD_URL", default="")

# Languages, each named in itself: of the pages, the letters and the mails. The catalogues are in locale/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000  # a year
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = PRODUCTION
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["base.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail: everything goes through the outbox; what carries it out of the house is the delivery backend.
EMAIL_BACKEND = "outbox.backend.OutboxBackend"
MAIL_DIR = VAR_DIR / "mail"
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "outbox.folder.FolderBackend"
SHOW_MAIL_PAGE = not PRODUCTION

# Webhooks: to https addresses of the public internet.
WEBHOOK_PORTS = frozenset(env.list("WEBHOOK_PORTS", cast=int, default=[443]))
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")  # certificates to trust; the system's without it
WEBHOOK_SECONDS = 5.0  # for everything: name, connection, answer
# Hosts of this machine (127.0.0.1) that the try-out may call, also without https and at any port; none in production.
WEBHOOK_LOCAL_HOSTS = frozenset() if PRODUCTION else frozenset(env.list("WEBHOOK_LOCAL_HOSTS", default=[]))

# How to ask without the portal: shown on the pages "Before you ask" and "Contact". An empty one is not shown.
CONTACT = {
    "email": env.str("CONTACT_EMAIL", default="" if PRODUCTION else "officer@example.org"),
    "telephone": env.str("CONTACT_TELEPHONE", default=""),
    "post": env.str("CONTACT_POST", default=""),
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@example.org")
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"), EMAIL_BACKEND=EMAIL_BACKEND)
EMAIL_TIMEOUT = 10

# Celery. The broker is a doorbell: the database knows what is due.
QUEUE_DIR = VAR_DIR / "queue"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 0.5,
        "socket_connect_timeout": 0.5,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "polling_interval": 0.1,
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "processed_folder": str(QUEUE_DIR / "processed"),
    }
# Without it kombu tries a dead broker for 6 s before a ring gives up; a worker's own reconnecting is not touched.
CELERY_BROKER_TRANSPORT_OPTIONS["max_retries"] = 0
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_DB_REUSE_MAX = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# In memory: every job runs anew within a minute of a start, and no file can be left half written.
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": {"task": "outbox.sweep", "schedule": 15.0},
    "sweep the webhooks": {"task": "webhooks.sweep", "schedule": 15.0},
    "seal the secrets of webhooks anew": {"task": "webhooks.tidy", "schedule": 3600.0},
    "owe the mail of the day": {"task": "accounts.owe_digests", "schedule": 600.0},
    "forget what nobody confirmed, and sessions that are over": {"task": "accounts.forget", "schedule": 3600.0},
    "examine anew what older rules or data examined": {"task": "requests.examine_anew", "schedule": 60.0},
    "forget what nobody came back for": {"task": "requests.forget_kept_forms", "schedule": 3600.0},
    "check documents for viruses": {"task": "requests.scan_documents", "schedule": 15.0},
    "delete files that no document owns": {"task": "requests.sweep_files", "schedule": 3600.0},
    "ask what has changed, close what was given": {"task": "requests.follow_up_results", "schedule": 3600.0},
    "forget answers of the API after a day": {"task": "api.forget", "schedule": 3600.0},
    "make the public figures of a quarter": {"task": "requests.make_snapshot", "schedule": 3600.0},
}

# Logs carry route names, references and ids, never a path, a query or a typed word.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "CRITICAL"},  # its lines carry the path; ta_portal.access writes the route
        "django.security": {"level": "CRITICAL"},
    },
}

# The API. Its own parts stand in api/; nothing of the framework's usual ways in or out is left open.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.KeyAuthentication", "api.authentication.BrowserSession"],
    "DEFAULT_PERMISSION_CLASSES": ["api.scopes.SignedIn"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttles.PerCaller"],
    "DEFAULT_PARSER_CLASSES": ["api.parsing.StrictJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "api.description.Described",
    "EXCEPTION_HANDLER": "api.handler.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Requests for technical assistance in freedom of association",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "DISABLE_ERRORS_AND_WARNINGS": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.description.tidy"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "KindOfHelp": "requests_app.api.shapes.KINDS_OF_HELP",
        "KindOfLink": "requests_app.api.shapes.LINK_KINDS",
        "KindOfLetter": "requests_app.api.shapes.LETTER_KINDS",
        "LevelOfFinding": "requests_app.api.shapes.LEVELS_OF_FINDINGS",
        "StateOfDocument": "requests_app.api.shapes.DOCUMENT_STATES",
        "Group": "requests_app.api.shapes.GROUPS",
        "Sight": "requests_app.api.shapes.SIGHTS",
        "Status": "requests_app.api.shapes.STATUSES",
        "Body": "supervisory.models.Body.values",
        "Topic": "supervisory.models.words.Topic.values",
        "Way": "supervisory.models.words.Way.values",
        "Population": "supervisory.models.statistic.Population.values",
        "RatificationStatus": "standards.models.ratification.RatificationStatus.values",
        "Change": "requests_app.api.result.CHANGED",
        "StateOfPublication": "requests_app.api.publication.STATES",
        "Load": "requests_app.matching.LOADS",
        "Look": "requests_app.api.specialists.LOOKS",
        "Duty": "accounts.models.specialist.Duty.values",
        "StateOfDelivery": "webhooks.models.State.values",
        "WhyEnded": "ta_portal.api.webhooks.WHY_ENDED",
    },
}
API_CALLS_A_MINUTE = {
    "read": env.int("API_READS_A_MINUTE", default=600),
    "change": env.int("API_CHANGES_A_MINUTE", default=120),
    "export": env.int("API_EXPORTS_A_MINUTE", default=10),
    "anonymous": env.int("API_ANONYMOUS_A_MINUTE", default=60),
}

# Who reports published assistance (/api/v1/exports/iati-activities.xml): the identifier is that under which the
# organization is registered with IATI. Ask whoever reports for it; the portal makes none up.
IATI = {
    "identifier": env.str("IATI_IDENTIFIER", default="XX-PLACEHOLDER"),
    "name": env.str("IATI_NAME", default="Placeholder: IATI_NAME is not set"),
}

# allauth: log-in by e-mail and password; accounts are made by invitation or by the Office, never by open sign-up
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None  # "This is my own device" asks; how long is in accounts/clock.py
# Added to the library's own limits, and counted by it: "number/time/of what".
ACCOUNT_RATE_LIMITS = {
    "link": "60/m/ip",
    "invite": "30/h/user",
    "join": "20/h/ip",
    "join_mail": "3/h/key",
    "address": "10/h/user",
    "webhook": "30/h/user",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ConfirmForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
}
MFA_ADAPTER = "accounts.adapter.PortalMfaAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.ConfirmByCodeForm",
    "activate_totp": "accounts.forms.TurnOnForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = _("Freedom of association assistance")
