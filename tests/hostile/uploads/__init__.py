"""Everything that can be handed in, spoiled by chance: ``python -m tests.hostile.uploads --minutes 10 --seed 1``."""
