"""The project's settings with the bare view among its routes; refusals are not logged one by one."""

from flaks.settings import *  # noqa: F403
from flaks.settings import LOGGING

ROOT_URLCONF = "bench.keys.site"
LOGGING["root"]["level"] = "ERROR"
LOGGING["loggers"]["django"]["level"] = "ERROR"
