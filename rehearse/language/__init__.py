"""English words, clauses, numbers and names, whatever they are said about."""
