"""Settings of the small Django site that every candidate serves: no database, no sessions."""

SECRET_KEY = "only-for-the-comparison-of-servers"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.servers.site"
DATABASES: dict[str, dict[str, str]] = {}
INSTALLED_APPS: list[str] = []
# Sets Content-Length, as a site with ordinary middleware does: without it every answer would be chunked.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
USE_TZ = True
