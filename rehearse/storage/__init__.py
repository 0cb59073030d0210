"""What is stored on this computer: recordings, history and profiles, and for how long."""
