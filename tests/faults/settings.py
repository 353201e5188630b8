"""The product's own settings; its clouds are the one in the other process, and boundaries are told of."""

import os
from datetime import timedelta

from config.settings.base import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.product.Product"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FAULTS_CLOUD = os.environ["FAULTS_CLOUD"]
FAULTS_GRACE = timedelta(seconds=1)
FAULTS_UNSURE = timedelta(seconds=5)
