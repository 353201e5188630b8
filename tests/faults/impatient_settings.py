"""See tests.faults.impatient."""

from config.settings.base import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.impatient.Impatient"]
