"""Words that somebody typed. Pure."""
