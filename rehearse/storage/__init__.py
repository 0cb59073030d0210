"""What is kept on this computer: recordings, history, profiles, and how long."""
