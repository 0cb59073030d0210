"""Rehearse interview answers out loud and measure them on your own machine."""
