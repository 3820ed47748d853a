"""Songs that are known by title, artists and length. Pure."""
