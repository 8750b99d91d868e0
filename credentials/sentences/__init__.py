"""The templates of :mod:`credentials.messages`: plain words, no accusation, no claim too many."""
