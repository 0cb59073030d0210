"""What changed over weeks, what two takes differ in, and what to practise next."""
