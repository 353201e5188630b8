"""The same product with a fast hasher; the suite says which database and Redis it runs on."""

import os
import tempfile

# Tests leave the developer's own data alone.
os.environ.setdefault("STACKDRAFT_HOME", tempfile.mkdtemp(prefix="stackdraft-test-"))

from config.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
if not os.environ.get("REDIS_URL"):
    # The quick tests need no server: messages stay in this process.
    CELERY_BROKER_URL = "memory://"
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
