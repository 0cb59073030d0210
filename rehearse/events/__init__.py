"""What happened when: speech, silent pauses and fillers, from the sound and the words."""
