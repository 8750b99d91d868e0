"""Documents of other forms and of other schools: what verified is shown, and nothing of ours is put beside it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from typing_extensions import override

from credentials import IssuerIdentity, Materials, VerificationReport
from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign
from issuer.domain.award import AwardState
from issuer.ports import AwardPage
from issuer.web import create_app
from tests.support import extracts
from tests.support.credentials import (
    CREATED,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
    make_credential,
)
from tests.support.documents import make_endorsement, make_record
from tests.support.fake_desk import THEME, FakeDesk
from tests.support.selective import sd_jwt
from tests.support.tokens import badge_payload, jwk, token
from tests.support.verification import STATUS_URL, check, materials

TITLE, BLOCK = "Responsable de projet de formation", "Concevoir un dispositif de formation"
NAMELESS: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": TEST_ISSUER,
    "credentialSubject": {"id": "did:example:x"},
}


class School(FakeDesk):
    """A desk that knows the school whose documents are handed in, and whose own name is another."""

    def __init__(self, given: Materials, *, ours: str = "did:web:diplomes.exemple.fr") -> None:
        super().__init__()
        self._given = given
        self._ours = ours

    @property
    @override
    def issuer_id(self) -> str:
        return self._ours

    @override
    def check(self, data: bytes) -> VerificationReport:
        return check(data, self._given)


def page_of(
    document: JsonObject | str,
    given: Materials | None = None,
    *,
    language: str = "fr",
    ours: str = "did:web:diplomes.exemple.fr",
) -> str:
    text = document if isinstance(document, str) else to_bytes(document).decode()
    client = create_app(School(given or materials(), ours=ours)).test_client()
    return client.post(f"/verify?lang={language}", data={"text": text}).text


def signed(document: JsonObject) -> JsonObject:
    return sign(document, TEST_SIGNER, created=CREATED)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("\u202f", " ")))


def headline(page: str) -> str:
    (found,) = re.findall(r'<h1 id="verdict">(.*?)</h1>', page)
    return str(found).replace("\u202f", " ")


def answers(page: str) -> list[str]:
    return re.findall(r'<dd class="answer[^>]*>.*?</svg>([^<]+)</dd>', page)


def record(*, state: bool = True) -> JsonObject:
    document = make_record()
    if not state:
        del document["credentialStatus"]
    return signed(document)


def rows(page: str) -> list[tuple[str, str]]:
    return re.findall(
        r'<details class="member">\s*<summary><span[^>]*>(.*?)</span> <span class="[^"]*">(.*?)</span>', page
    )


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        (
            signed(
                {
                    **NAMELESS,
                    "name": "Permis de conduire un chariot",
                    "description": "Cariste",
                    "credentialSubject": {"id": "did:example:x", "name": "Jeanne Exemple"},
                }
            ),
            ("Permis de conduire un chariot", "Cariste", "Jeanne Exemple"),
        ),
        (signed(NAMELESS), ("Document sans intitulé", "did:example:x")),
        (
            signed({**make_endorsement(), "name": "Enregistrement"}),
            ("Enregistrement", "Certification enregistrée sous le numéro RNCP35080."),
        ),
    ],
)
def test_a_document_of_a_general_form_that_verified_shows_what_it_says(
    document: JsonObject, shown: tuple[str, ...]
) -> None:
    page = page_of(document)
    assert headline(page).startswith("Document authentique")
    assert "Établissement du registre" in page
    assert "Ce qui est attesté" in page
    for said in shown:
        assert said in words(page), said


@pytest.mark.parametrize("given", [materials(), Materials()], ids=["known", "unknown"])
def test_an_sd_jwt_is_read_and_its_claims_are_shown(given: Materials) -> None:
    page = page_of(sd_jwt({"family_name": "Exemple"}), given)
    assert "ni un lien" not in page
    assert "Nom de famille Exemple" in words(page)


def test_a_known_issuers_sd_jwt_is_intact_and_says_what_stays_open() -> None:
    page = page_of(sd_jwt({"family_name": "Exemple"}))
    assert headline(page) == "Vérification incomplète"
    assert "N’a pas pu être contrôlé : le format du document." in words(page)
    assert answers(page)[:2] == ["Oui", "Oui"]


@pytest.mark.parametrize(
    ("language", "title", "concerned", "good", "withdrawn"),
    [
        (
            "fr",
            "Ce dossier contient un document retiré",
            f"Il s’agit de : « {BLOCK} ».",
            "en vigueur",
            "retiré",
        ),
        ("en", "This record holds a withdrawn document", f"Concerned: “{BLOCK}”.", "in force", "withdrawn"),
    ],
)
def test_a_record_names_the_document_that_was_withdrawn(
    language: str, title: str, concerned: str, good: str, withdrawn: str
) -> None:
    page = page_of(record(), materials(12), language=language)
    assert headline(page) == title
    assert concerned in words(page)
    assert rows(page) == [(TITLE, good), (BLOCK, withdrawn)]
    answer = answers(page)
    assert answer[2] == ("Non" if language == "fr" else "No")
    assert answer[3] == ("Oui" if language == "fr" else "Yes")


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (True, "Dossier authentique et en vigueur"),
        (False, "Dossier authentique ; les documents qu’il contient sont en vigueur"),
    ],
)
def test_a_record_stands_on_the_state_of_what_it_holds(title: str, *, state: bool) -> None:
    page = page_of(record(state=state))
    assert headline(page) == title
    assert 'class="banner good"' in page
    assert rows(page) == [(TITLE, "en vigueur"), (BLOCK, "en vigueur")]
    assert answers(page)[:4] == ["Oui"] * 4
    assert "état actuel non déclaré" not in page
    assert ("Le dossier lui-même n’a pas d’état propre." in page) is not state


def test_a_record_of_which_one_document_declares_no_state_is_not_said_to_be_in_force() -> None:
    document = make_record()
    del document["credentialStatus"]
    block = make_block_credential()
    del block["credentialStatus"]
    subject: Any = document["credentialSubject"]
    subject["verifiableCredential"][1] = signed(block)
    page = page_of(signed(document))
    assert headline(page) == "Dossier authentique, état actuel non déclaré"
    assert rows(page) == [(TITLE, "en vigueur"), (BLOCK, "état actuel non déclaré")]
    assert answers(page)[2] == "Non vérifié"


def test_what_is_in_a_record_stands_in_its_own_row_and_nowhere_else() -> None:
    page = page_of(record())
    assert '<p class="award-title">Relevé de certification</p>' in page
    assert "verifiableCredential" not in page
    outer = page[: page.index('<details class="member">')] + page[page.rindex('<h2 id="questions">') :]
    assert BLOCK not in outer
    assert page.count("Numéro</dt>") == 2


def test_a_notice_on_a_document_stands_with_that_document() -> None:
    document = make_record()
    block: Any = make_block_credential()
    block["credentialStatus"] = [
        block["credentialStatus"],
        {**block["credentialStatus"], "id": f"{STATUS_URL}#b"},
    ]
    subject: Any = document["credentialSubject"]
    subject["verifiableCredential"][1] = signed(block)
    page = page_of(signed(document))
    sentence = "Le document renvoie à plusieurs listes de retrait"
    assert page.count(sentence) == 1
    assert page.index(sentence) < page.index('<h2 id="questions">')


def test_a_document_within_that_nobody_vouches_for_is_shown_as_a_claim() -> None:
    document = make_record()
    subject: Any = document["credentialSubject"]
    subject["verifiableCredential"][1] = make_block_credential()
    page = page_of(signed(document))
    assert headline(page) == "Ce dossier contient un document modifié, ou sans signature"
    assert answers(page)[0] == "Non"
    assert "Rien ici ne les confirme" in page


def test_a_record_by_another_school_speaks_neither_of_our_blocks_nor_of_our_registry() -> None:
    page = page_of(record(), replace(materials(), status_lists={}))
    assert "blocs" not in words(page)
    assert THEME.contact.splitlines()[0] not in page
    assert "adressez-vous à l’établissement qui l’a délivré" in page
    assert (
        f"N’a pas pu être contrôlé : l’état (retrait éventuel) et « {TITLE} », « {BLOCK} », dans ce dossier."
        in words(page)
    )


def test_our_own_file_keeps_our_own_words() -> None:
    page = page_of(signed(make_credential()), ours=TEST_ISSUER)
    assert "Décision du jury</dt>" in page
    assert THEME.contact.splitlines()[0] in page


def test_another_schools_award_has_no_jury_of_ours() -> None:
    page = page_of(signed(make_credential()))
    assert "Attribué le</dt>" in page
    assert "Décision du jury</dt><dd><time" not in page
    assert "la scolarité répond" not in page


def test_what_a_document_calls_its_issuer_stands_beside_the_registers_name() -> None:
    page = page_of(signed(make_credential()))
    assert "Nommé dans le document Établissement de démonstration" in words(page)
    same = {TEST_ISSUER: IssuerIdentity(TEST_ISSUER, "Établissement de démonstration")}
    assert "Nommé dans le document" not in page_of(
        signed(make_credential()), replace(materials(), trust=same)
    )


def test_a_base_proof_is_its_holders() -> None:
    page = page_of(extracts.sign(extracts.make_document()))
    assert headline(page) == "Ce fichier est réservé à son titulaire ; demandez-lui un extrait"
    assert "lisible" not in headline(page)


def test_an_unsigned_document_is_said_to_be_unsigned() -> None:
    assert headline(page_of(make_credential())) == "Ce document n’est pas signé"


@pytest.mark.parametrize(
    "document",
    [
        {**make_credential(), "@context": ["https://www.w3.org/2018/credentials/v1"]},
        {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"},
    ],
)
def test_an_earlier_version_of_the_standard_is_named_and_has_no_link_of_ours(document: JsonObject) -> None:
    page = page_of(document)
    assert headline(page) == "Vérification impossible ici : version antérieure de la norme"
    assert "Adressez-vous à l’organisme" in page
    assert "lien de vérification" not in page


def test_an_unknown_vocabulary_is_no_recognised_format() -> None:
    document: Any = signed(make_credential())
    document["@context"] = [*document["@context"], "https://ailleurs.example/vocabulaire"]
    page = page_of(document)
    assert answers(page)[0] == answers(page)[3] == "Non vérifié"
    assert "sans le lien de vérification" not in page
    assert "sans le lien de vérification" in page_of(document, ours=TEST_ISSUER)


def test_an_unknown_issuers_own_key_proves_neither_origin_nor_integrity() -> None:
    page = page_of(signed(make_credential()), Materials())
    assert answers(page)[:2] == ["Non vérifié", "Non établi"]
    assert "conforme à la clé que le fichier donne lui-même" in page


def test_the_key_that_a_token_brings_proves_no_integrity() -> None:
    header = {"alg": "EdDSA", "typ": "JWT", "jwk": jwk(TEST_SIGNER)}
    payload = badge_payload(make_credential(issuer="https://ecole.example/emetteur"))
    page = page_of(token(header, payload))
    assert answers(page)[0] == "Non vérifié"
    assert "conforme à la clé que le fichier donne lui-même" in page


def test_an_address_that_stands_under_every_alignment_is_told_once() -> None:
    document: Any = make_block_credential()
    alignment = document["credentialSubject"]["achievement"]["alignment"]
    alignment[:] = [
        {"type": ["Alignment"], "targetName": name, "targetUrl": "https://ecole.example/referentiel"}
        for name in ("Un", "Deux", "Trois")
    ]
    page = page_of(signed(document))
    assert page.count("https://ecole.example/referentiel") == 1
    assert all(f">{name}" in page for name in ("Un", "Deux", "Trois"))


@pytest.mark.parametrize("address", ["/verify", "/", "/v/titre"])
def test_where_others_are_consulted_the_page_says_so(address: str) -> None:
    telling = create_app(FakeDesk(fetching=True)).test_client().get(address).text
    silent = create_app(FakeDesk()).test_client().get(address).text
    assert ("peut apprendre qu’une vérification a été faite" in telling) == (address != "/v/titre")
    assert "Ce service, lui, peut consulter celui de l’établissement" in telling
    assert "peut apprendre" not in silent
    assert "Ce service, lui" not in silent


def test_tokens_can_be_chosen(client: FlaskClient) -> None:
    (accepted,) = re.findall(r'accept="([^"]+)"', client.get("/verify").text)
    assert {".json", ".jwt", ".jws", ".sdjwt", ".sd-jwt", ".clr", "application/vc+jwt"} <= set(
        accepted.split(",")
    )


def test_a_title_in_force_with_a_withdrawn_block_says_what_that_means() -> None:
    page = FakeDesk().award_page("titre")
    assert isinstance(page, AwardPage)
    line = page.blocks[1]

    class Altered(FakeDesk):
        @override
        def award_page(self, token: str) -> AwardPage:
            assert isinstance(page, AwardPage)
            return replace(page, blocks=(page.blocks[0], replace(line, state=AwardState.REVOKED)))

    said = "Un bloc a été retiré\u202f; la certification, elle, est en vigueur"
    assert said in create_app(Altered()).test_client().get("/v/titre").text
    assert said not in create_app(FakeDesk()).test_client().get("/v/titre").text
