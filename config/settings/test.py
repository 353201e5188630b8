"""The same product with a fast hasher; the suite says which database and Redis it runs on."""

import os
import tempfile

# Tests leave the developer's own data alone.
os.environ.setdefault("STACKDRAFT_HOME", tempfile.mkdtemp(prefix="stackdraft-test-"))

# Of workers beside each other each has a home and a Redis of its own, and from pytest-django a database.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["STACKDRAFT_HOME"] = tempfile.mkdtemp(prefix=f"stackdraft-test-{worker}-")
    if redis := os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = f"{redis.rpartition('/')[0]}/{int(worker.removeprefix('gw')) + 1}"

from config.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
if not os.environ.get("REDIS_URL"):
    # The quick tests need no server: messages stay in this process.
    CELERY_BROKER_URL = "memory://"
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
