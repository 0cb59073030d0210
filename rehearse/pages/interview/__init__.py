"""The Interview page."""
