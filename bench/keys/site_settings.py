"""The project's settings with the bare view among its routes."""

from flaks.settings import *  # noqa: F403

ROOT_URLCONF = "bench.keys.site"
