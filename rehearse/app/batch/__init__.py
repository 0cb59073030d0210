"""Many answers in one go: ``rows`` are what is found, ``run`` measures what is new, ``results`` writes the files."""

from rehearse.app.batch.rows import AS_BUILT, Choices, analyze_answers, analyze_files

__all__ = ["AS_BUILT", "Choices", "analyze_answers", "analyze_files"]
