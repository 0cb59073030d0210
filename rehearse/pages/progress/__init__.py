"""The page Progress."""
