"""Preparing for the interview: plan, research, resume, job description, stories, and what comes after."""
