"""The site: settings, addresses, errors, logs and the pages that belong to no app."""
