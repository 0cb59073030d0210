"""Paths, atomic writes, JSON and CSV: what touches the disk and knows nothing of interviews."""
