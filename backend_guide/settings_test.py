"""The settings under test: the real ones with what would be slow or would touch the machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="backend-guide-test-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
(_scratch / "static").mkdir()  # whitenoise warns where it is missing
os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-" + "0123456789" * 5)
os.environ["VAR_DIR"] = str(_scratch)
os.environ["SITE_URL"] = "http://localhost:8000"
os.environ.pop("REDIS_URL", None)

from backend_guide.settings import *  # noqa: E402, F403
from backend_guide.settings import DATABASES, STORAGES  # noqa: E402

STAFF_SECOND_FACTOR = False  # its own tests switch it on
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # the test database is dropped at the end
