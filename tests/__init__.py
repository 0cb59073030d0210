"""A package, because textstat installs a top-level package ``tests`` that would otherwise win."""
