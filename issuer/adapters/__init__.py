"""What the services' ports stand for: the register in SQL, files read, pictures, the clock and chance."""
