"""Changes over weeks, differences between two takes, and what to practise next."""
