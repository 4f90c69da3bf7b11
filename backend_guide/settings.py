"""Settings of Backend Guide. Everything that differs between machines comes from the environment.

`.env.example` lists the variables. Production is the default: DEBUG is off unless it is set.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from accounts.signing_in import social
from backend_guide import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR") or BASE_DIR / "var")
CONTENT_DIR = Path(env.text("CONTENT_DIR") or BASE_DIR / "content")

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(var_dir=VAR_DIR, debug=DEBUG)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

# The public address. Canonical links, mails and host checks follow from it.
SITE_URL, _site = env.site_url(debug=DEBUG)
SITE_IS_HTTPS = _site.scheme == "https"
SITE_IS_LOCAL = _site.hostname in env.LOCAL_HOSTS
SITE_IS_PUBLIC = not (SITE_IS_LOCAL or DEBUG)

SITE_NAME = "Backend Guide"
SITE_TAGLINE = (
    "What backend developers do, what they earn and what to learn first, "
    "with a source for every figure."
)

# Who answers for the site, as its privacy page must say. A site on localhost may leave it open.
SITE_OPERATOR, SITE_CONTACT = env.operator(needed=SITE_IS_PUBLIC)
SITE_PROCESSORS = env.text("SITE_PROCESSORS")

ALLOWED_HOSTS = [_site.hostname, *env.words("ALLOWED_HOSTS")]
if SITE_IS_LOCAL:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "pages.views.csrf_failure"

INSTALLED_APPS = [
    "pages",
    "comments",
    "learning",
    "articles",
    "salaries",
    "evidence",
    "accounts",
    "mailing",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_tasks_db",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.head.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.profile.time_zone.OwnTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.signing_in.limits.LimitsMiddleware",
    "accounts.signing_in.half_way.HalfWayMiddleware",
    "accounts.private_pages.PrivatePagesMiddleware",
    "accounts.last_seen.LastSeenMiddleware",
    "accounts.security.second_factor.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "backend_guide.urls"
WSGI_APPLICATION = "backend_guide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": env.database(var_dir=VAR_DIR)}

# Shared by the workers, so that sign-in rate limits count once for the whole site.
CACHES = {
    "default": {
        "BACKEND": "core.cache.FileCache",
        "LOCATION": VAR_DIR / "cache",
        # With Django's 300, somebody could push the count of their tries out of it.
        "OPTIONS": {"MAX_ENTRIES": 10_000, "CULL_FREQUENCY": 10},
    }
}
if redis_url := env.text("REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_url,
    }

# Accounts: people sign in with their e-mail address.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# How long an e-mailed code works: mail may take minutes, and three wrong tries end it anyway.
_CODE_SECONDS = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# "ip" is a client, "key" the address typed in. Other forms: accounts/signing_in/limits.py.
# Guessing must not pay off; and a stranger must not lock somebody out for long.
ACCOUNT_RATE_LIMITS = {
    "signup": "10/m/ip,40/h/ip",
    "login": "30/m/ip,300/h/ip",
    "login_failed": "10/m/ip,60/h/ip,5/5m/key",
    "request_login_code": "10/m/ip,60/h/ip,3/m/key,10/h/key",
    "reset_password": "10/m/ip,60/h/ip,3/m/key,10/h/key",
    "reset_password_from_key": "20/m/ip,60/h/ip",
    "confirm_email": "1/10s/key,10/h/key",
    "reauthenticate": "10/m/user,30/h/user",
    "change_password": "5/m/user,20/h/user",
    "manage_email": "10/m/user,30/h/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip,60/h/ip"}
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by some seconds
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_IS_LOCAL and not SITE_IS_HTTPS
MFA_ADAPTER = "accounts.security.mfa_adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.security.mfa_forms.AuthenticateForm",
    "reauthenticate": "accounts.security.mfa_forms.ReauthenticateForm",
    "activate_totp": "accounts.security.mfa_forms.ActivateAppForm",
    "add_webauthn": "accounts.security.mfa_forms.AddPasskeyForm",
    "signup_webauthn": "accounts.security.mfa_forms.SignUpPasskeyForm",
    "edit_webauthn": "accounts.security.mfa_forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.security.mfa_forms.AuthenticatePasskeyForm",
    "login_webauthn": "accounts.security.mfa_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "accounts.security.mfa_forms.ReauthenticatePasskeyForm",
}
# The desk asks for a second factor. Only a site on localhost may do without.
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", True)
if not (STAFF_SECOND_FACTOR or SITE_IS_LOCAL or DEBUG):
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR=0 is for a site on localhost only.")
# Behind how many proxies the server stands. Rate limits count the wrong address if this is wrong.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "accounts.signing_in.forms.LoginForm",
    "signup": "accounts.signing_in.forms.SignupForm",
    "reset_password": "accounts.signing_in.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.signing_in.forms.ResetPasswordKeyForm",
    "change_password": "accounts.signing_in.forms.ChangePasswordForm",
    "set_password": "accounts.signing_in.forms.SetPasswordForm",
    "reauthenticate": "accounts.signing_in.forms.ReauthenticateForm",
    "request_login_code": "accounts.signing_in.forms.RequestLoginCodeForm",
    "confirm_login_code": "accounts.signing_in.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.signing_in.forms.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "accounts.signing_in.forms.ConfirmPasswordResetCodeForm",
    "add_email": "accounts.signing_in.forms.AddEmailForm",
    "change_email": "accounts.signing_in.forms.ChangeEmailForm",
}
# Other sites to sign in through: those whose keys are in the environment.
_social = social.from_environment(env.text)
INSTALLED_APPS += _social.apps
SOCIALACCOUNT_PROVIDERS = _social.providers
SOCIALACCOUNT_FORMS = {"signup": "accounts.signing_in.forms.SocialSignupForm"}
PASSWORD_HASHERS = [
    "accounts.signing_in.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.signing_in.passwords.NotGuessable"},
]

# Mail goes to the terminal until EMAIL_URL names a server.
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@{_site.hostname}>")
REPLY_TO_EMAIL = env.text("REPLY_TO_EMAIL")
MAILERS = {"default": env.mailer(needed=SITE_IS_PUBLIC)}

# What can wait is done by `manage.py task_worker`, which `make run` starts beside the server.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A guide may be long; its form is refused beyond this, the body itself far earlier and politely.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Security. The policy names no other host: a page can only talk to its own site.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF, *_social.origins],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
if SITE_IS_HTTPS:  # the prefix has browsers refuse what another host or plain HTTP tries to set
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
MESSAGE_STORAGE = "accounts.told.Storage"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # the token stands in each form; no script needs the cookie
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # fido2 would write which passkey came in, and the log outlives accounts.
        **{name: {"level": "WARNING"} for name in ("django.tasks", "django_tasks_db", "fido2")},
    },
}
