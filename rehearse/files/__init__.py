"""Paths, atomic writes, JSON and CSV: disk access that knows nothing about interviews."""
