"""A worker process draws for several readers at once: nobody's picture breaks another's."""

from concurrent.futures import ThreadPoolExecutor
from string import ascii_letters

from issuer.adapters.pictures.typeface import Typeface, Weight


def test_glyphs_that_are_drawn_for_the_first_time_by_several_threads_are_whole() -> None:
    alone = Typeface(Weight.REGULAR).outline(ascii_letters, 0, 0, size=12)
    for _ in range(3):
        face = Typeface(Weight.REGULAR)
        with ThreadPoolExecutor(8) as threads:
            drawing = [threads.submit(face.outline, ascii_letters, 0, 0, size=12) for _ in range(8)]
            drawn = [each.result() for each in drawing]
        assert set(drawn) == {alone}
