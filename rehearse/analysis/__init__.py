"""From recogniser output or text to an answer, and from an answer to measurements."""
