"""How accurate rehearse is on recordings and texts of known truth: ``python -m benchmarks.accuracy``."""
