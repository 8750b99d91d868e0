"""field.md, section 1: a verification page weighs less than 50 kB with everything that a browser loads."""

from pathlib import Path

import pytest

from tests.support.stage import Stage, set_stage
from tests.support.weights import loaded_weights

BUDGET_BYTES = 50_000
STATES = ("titre", "bloc", "titre-mixte", "suspendu", "bloc-suspendu", "retire", "retire-jury", "remplace")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return set_stage(tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_with_all_that_it_loads_is_light(stage: Stage, state: str, language: str) -> None:
    weights = loaded_weights(stage.app.test_client(), f"/v/{stage.tokens[state]}?lang={language}")
    assert {Path(address).suffix for address in weights} >= {".css", ".woff2", ".ico"}
    assert sum(weights.values()) <= BUDGET_BYTES, weights


@pytest.mark.parametrize("share", ["partage", "partage-seul"])
def test_a_share_is_as_light(stage: Stage, share: str) -> None:
    weights = loaded_weights(stage.app.test_client(), f"/s/{stage.tokens[share]}?lang=fr")
    assert sum(weights.values()) <= BUDGET_BYTES, weights
