"""How the head that finds filled pauses is made: training speech, training, and figures on left-out voices."""
