"""The use cases, one module each; the register, time, chance and the key come in as arguments."""
