"""English words, clauses, numbers and names, independent of the subject."""
