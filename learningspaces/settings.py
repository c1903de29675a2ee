"""Settings of Learning Spaces. They come from the environment; safe values are the defaults."""

import logging
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import validate

from learningspaces.lib import logs
from learningspaces.lib.env import database, email, env, files

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECRET_KEY = env.str("SECRET_KEY", *(["not-secret"] if DEBUG or DEMO else []))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
HTTPS = env.bool("HTTPS", False)
SITE_URL = env.str("SITE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_structlog",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "spaces",
    "valuecreation",
    "framing",
    "evaluation",
    "spacefile",
    "learningspaces",
]

MIDDLEWARE = [
    "learningspaces.lib.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learningspaces.lib.packing.PackedText",
    "learningspaces.lib.nul.WithoutNul",
    "spaces.middleware.KeptByNobody",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "learningspaces.lib.typed.MendForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "spaces.middleware.PersonSettings",
    "spaces.middleware.StrangersForgotten",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "learningspaces.lib.htmx.RedirectWholePage",
    "spaces.middleware.RefusedInWords",
    "spaces.middleware.KeepWords",
    "allauth.account.middleware.AccountMiddleware",
    "spaces.middleware.SharedComputer",
    "spaces.middleware.CarriedOutOnce",
]

ROOT_URLCONF = "learningspaces.urls"
WSGI_APPLICATION = "learningspaces.wsgi.application"
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
                "learningspaces.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": database(
        env.str("DATABASE_URL", ""), DATA_DIR, password=env.str("DATABASE_PASSWORD", "")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and sessions are in the database, the worker's messages in Redis or else in files.
REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "learningspaces.lib.lasting_cache.LastingCache",
        "LOCATION": "spaces_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # from there on it looks for what has ended
    }
}
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long it takes
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "max_retries": 0,  # a page does not wait for a broker that is gone; the row is sent again
    }
else:
    _broker = DATA_DIR / "broker"
    for _name in ("in", "processed", "control"):
        (_broker / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "in"),
        "data_folder_out": str(_broker / "in"),
        "processed_folder": str(_broker / "processed"),
        "control_folder": str(_broker / "control"),
    }

# People and sign-in
AUTH_USER_MODEL = "spaces.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "spaces.forms.accounts.SignUpForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "spaces.forms.people.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True  # somebody changed your password, your addresses, your keys
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "spaces.models.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# People who meet in one room share an address, and come in at the same minute. Wrong passwords
# count for an account and an address together (spaces.adapters), so that nobody locks others out.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,30/d/key",
    "reset_password": "20/m/ip,5/m/key,20/d/key",
    "confirm_email": "1/10s/key,20/d/key",
    "login_failed": "30/m/ip,5/300s/key",
    "paper_code": "20/h/ip",
    "signed_links": "60/h/ip",
}
# Who may make an account: anybody (open), whoever was invited (invited), or nobody (closed). People
# of OIDC_SERVER_URL always may: that server says who they are.
SIGN_UP = env.str("SIGN_UP", "open", validate=validate.OneOf(["open", "invited", "closed"]))
# Whether people start spaces and bring space files on the pages.
FOUNDING = env.bool("FOUNDING", True)
# How many people one person may invite within a day.
INVITATIONS_A_DAY = env.int("INVITATIONS_A_DAY", 1000, validate=validate.Range(min=1))
# Behind a proxy everybody would share its address, and one limit on signing in.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", 1 if HTTPS else 0, validate=validate.Range(min=0))
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Learning Spaces"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ACCOUNT_ADAPTER = "spaces.adapters.PostingAdapter"
SOCIALACCOUNT_ADAPTER = "spaces.adapters.NamingAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if env.str("OIDC_SERVER_URL", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": env.str("OIDC_ID", "oidc"),
                "name": env.str("OIDC_NAME", "Single sign-on"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env.str("OIDC_SERVER_URL")},
            }
        ]
    }

# Mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Learning Spaces <spaces@localhost>")
EMAIL_TIMEOUT = 10
_mail = email(env.str("EMAIL_URL", "console://"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
globals().update(_mail)

# Languages and time
LANGUAGE_CODE = "en"
_languages = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("pt", _("Portuguese")),
]
# English, and whatever is translated in locale/.
LANGUAGES = [
    pair for pair in _languages if pair[0] == "en" or (BASE_DIR / "locale" / pair[0]).is_dir()
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "uploads": files(env.str("UPLOADS_URL", ""), DATA_DIR / "uploads"),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "learningspaces.lib.joined.JoinedFiles"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "learningspaces.lib.uploads.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],  # what was just recorded is heard before it is kept
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *env.origins("OIDC_SERVER_URL", "")],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "learningspaces.views.errors.csrf_failure"
if HTTPS:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "learningspaces.authentication.TokenAuthentication",
        "learningspaces.authentication.SignedInPerson",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["learningspaces.lib.typed.MendedJSON"],
    "DEFAULT_PAGINATION_CLASS": "learningspaces.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "learningspaces.errors.api_error",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env.str("API_RATE", "600/minute")},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Learning Spaces",
    "DESCRIPTION": "Spaces, stories, framing and evaluation, as you may read them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "learningspaces.schema.with_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CycleEnum": "valuecreation.cycles.Cycle",
        "MomentCycleEnum": "valuecreation.cycles.KINDS_OF_MOMENTS",
        "MomentStatusEnum": "valuecreation.cycles.MomentStatus",
        "StoryKindEnum": "valuecreation.models.StoryKind",
    },
}

LOGGING = logs.set_up(
    env.str("LOG_LEVEL", "INFO"),
    env.str("LOG_FORMAT", "text", validate=validate.OneOf(["text", "json"])),
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
