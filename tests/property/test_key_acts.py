"""Any sequence of acts on keys: no compromised key vouches for anything, and no retired one is doubted."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.report import Verdict
from issuer.bootstrap import Rotation, compromise_key, public_desk, retire_key, rotate_key, succeed_key
from issuer.config import load_settings
from issuer.errors import ConflictError, NotFoundError
from issuer.services.register import find_awards, verify_audit
from issuer.services.resigning import covers_now, resign
from issuer.services.roots import make_root
from keys import file_key
from tests.faults.cohort import cohort
from tests.faults.desks import environment, found_desk, hand_in, issue_all, open_desk
from tests.support.holders import SetClock

ACTS = st.lists(
    st.tuples(
        st.sampled_from(("rotate", "retire", "compromise", "root", "resign")),
        st.integers(min_value=1, max_value=4),
    ),
    max_size=7,
)


def nobody() -> str:
    raise AssertionError("the passphrase is set")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder with one person's awards, whose keys take no time to derive."""
    data = tmp_path_factory.mktemp("acts") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", 1_000)
        made = found_desk(data)
        hand_in(made, cohort(1))
        issue_all(made)
        yield data


@settings(max_examples=12, deadline=None)
@given(acts=ACTS)
def test_no_compromised_key_is_published_for_use_and_what_a_retired_one_signed_holds(
    issued: Path, acts: Sequence[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        data = Path(shutil.copytree(issued, Path(folder) / "data"))
        made = open_desk(data)
        in_force = load_settings(environment(data), data.parent)
        clock = SetClock(made.clock.now())
        office = replace(made, clock=clock)
        for act, number in acts:
            clock.at += timedelta(days=1)
            name = f"key-{number}"
            try:
                if act == "rotate":
                    rotate_key(in_force, office, Rotation(), nobody, actor="a")
                elif act == "retire":
                    retire_key(in_force, office, name, None, actor="a")
                elif act == "compromise":
                    compromise_key(office, name, clock.now(), "vol", actor="a")
                    succeed_key(in_force, office, name, nobody, actor="a")
                elif act == "root":
                    make_root(office, actor="a")
                else:
                    resign(office, covers_now(office), actor="a")
            except (ConflictError, NotFoundError):
                # There is no such key, it signs no more, or today's root is there: nothing was changed.
                continue

        with office.store.reading() as registry:
            ledger = {str(line["name"]): line["state"] for line in registry.key_ledger()}
            document = office.did_document_of(registry.key_ledger())
            rests_on = {
                award.number: state
                for name, state in ledger.items()
                for award in registry.signed_with(f"{office.did}#{name}")
            }
        listed = document["assertionMethod"]
        assert isinstance(listed, list)
        for name, state in ledger.items():
            if name.startswith("key-"):
                assert (f"{office.did}#{name}" in listed) == (state != "compromised")
        desk = public_desk(office)
        for award in find_awards(office):
            good = desk.check_link(award.credential_id).verdict is Verdict.VALID
            assert good == (rests_on[award.number] != "compromised")
        assert verify_audit(office).faults == []
