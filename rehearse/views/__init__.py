"""Answers as charts, marked transcripts and reports, without a page around them."""
