"""Hand out an award in another form: the stored bytes, or the same document secured once more.

The institution's key signs approved plans. What is signed here says nothing that an approved plan did not
say: the award must lie in the register as it was issued, and be in force. See
``docs/adr/0015-exports-sign-issued-awards-only.md``.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from credentials.documents.clr import ClrDocument, HeldCredential, clr_credential
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, pointer, to_bytes
from credentials.messages import code_of
from credentials.multikey import KeyType
from credentials.proofs.api import Signer
from credentials.proofs.ecdsa_sd_2023.base import StatementSigner
from credentials.report import Outcome, Verdict
from credentials.securing import open_badges_jwt, vc_jose
from credentials.securing.selective import derive, required_pointers, sign_base
from credentials.structure.values import objects_of
from issuer.domain.award import Award, AwardState
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import ExportFormat, PictureFormat
from issuer.services import audit
from issuer.services.desk import Desk
from issuer.services.issued_documents import IssuedDocument, issued_documents, require_in_force
from issuer.services.office import Office
from issuer.services.securing import InstitutionSigner, secure

EXPECTED: Final[Mapping[AwardState, Verdict]] = {
    AwardState.VALID: Verdict.VALID,
    AwardState.SUSPENDED: Verdict.SUSPENDED,
    AwardState.REVOKED: Verdict.REVOKED,
    AwardState.REPLACED: Verdict.REPLACED,
}
"""What our own verifier must say of a copy of an award in each state."""

_PICTURES: Final = {
    ExportFormat.PNG: PictureFormat.BADGE_PNG,
    ExportFormat.SVG: PictureFormat.BADGE_SVG,
}
_AGAINST: Final = (Outcome.FAIL, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Exporter:
    """Hands out awards in every form.

    Attributes:
        office: The service.
        desk: Copies stored bytes, draws pictures, and verifies what is to be handed out.
        new_statement_signer: Makes a key for the statements of one document, thrown away after.
    """

    office: Office
    desk: Desk
    new_statement_signer: Callable[[], StatementSigner]

    def export(self, award: Award, form: ExportFormat, *, actor: str, duplicate: str | None = None) -> bytes:
        """Give an award in one form; our own verifier has accepted it.

        Args:
            award: The register's entry.
            form: Which form.
            actor: Who asks; named in the trail where the institution's key signs.
            duplicate: Of a PDF, the paper number of the duplicate that it is, or None.

        Returns:
            The file's bytes.

        Raises:
            NotFoundError: ``award.unknown``; ``duplicate.unknown``; ``paper.not_in_force`` where no paper is
                handed out.
            ConflictError: ``export.not_in_force`` or ``export.not_as_issued`` where the key must not sign;
                ``export.block_missing`` or ``export.issuers_differ`` where a title and its blocks make no
                record;
                ``export.unverifiable`` where our own verifier refuses the result.
            RefusedError: ``export.not_a_title`` (a record is made of a title) or ``export.no_key``
                (the form takes a P-256 key).
        """
        if form.is_signed_anew:
            return self._signed(award, form, actor)
        content = self._printed(award, duplicate) if form is ExportFormat.PDF else self._copied(award, form)
        self._require_verdict(content, EXPECTED[award.state], award.number)
        return content

    def _copied(self, award: Award, form: ExportFormat) -> bytes:
        found = self.desk.drawn(award, _PICTURES[form]) if form in _PICTURES else self.desk.copy(award)
        if found is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number",
                where=award.number,
                remedy="list them with: parchemin awards",
            )
        return found.body

    def _printed(self, award: Award, paper_number: str | None) -> bytes:
        if paper_number is None:
            return self.desk.printed(award).body
        with self.office.store.reading() as registry:
            noted = registry.duplicates(award.number)
        for duplicate in noted:
            if duplicate.paper_number == paper_number:
                return self.desk.printed(award, duplicate).body
        raise NotFoundError(
            "duplicate.unknown",
            "no duplicate of this award has this number",
            where=paper_number,
            remedy=f"note one first: parchemin duplicate {award.number}",
        )

    def _signed(self, asked: Award, form: ExportFormat, actor: str) -> bytes:
        office = self.office
        with office.store.reading() as registry:
            held = issued_documents(registry, asked.number, form)
        signer = office.open_signer()
        work = _Work(office, held, signer, office.clock.now().replace(microsecond=0))
        try:
            content = self._secured(work, form)
        except CredentialError as error:
            raise _unverifiable(code_of(error), asked.number) from error
        with office.store.writing() as registry:
            # Asked again under the write lock: somebody may have withdrawn it meanwhile.
            for each in held:
                number = each.award.number
                require_in_force(registry, number, title=asked.number if number != asked.number else None)
            details = {"format": form.value, "sha256": hashlib.sha256(content).hexdigest(), "key": work.key}
            audit.record(registry, office.clock.now(), actor, "award.exported", asked.number, details)
            if work.identifier is not None:
                registry.keep_export(work.identifier, asked.number, office.clock.now())
        return content

    def _secured(self, work: "_Work", form: ExportFormat) -> bytes:
        number = work.held[0].award.number
        if form is ExportFormat.SELECTIVE:
            # Its proofs are left out of what is signed, so they are asked before; in the others they remain.
            self._require_verdict(to_bytes(work.held[0].document), Verdict.VALID, number)
            document = work.base(self.new_statement_signer())
            for selected in ((), _all_members(document)):
                # A base proof is for its holder: what a verifier ever sees of it are extracts.
                self._require_verdict(to_bytes(derive(document, selected)), Verdict.VALID, number)
            return to_bytes(document)
        content = to_bytes(work.record()) if form is ExportFormat.CLR else work.token(form).encode()
        self._require_verdict(content, Verdict.VALID, number)
        return content

    def _require_verdict(self, content: bytes, expected: Verdict, number: str) -> None:
        report = self.desk.check(content)
        if report.verdict is not expected:
            against = [check.code for check in report.checks if check.outcome in _AGAINST]
            raise _unverifiable(next(iter(against), report.verdict.value), number)


class _Work:
    """What is signed in one export; the key is open."""

    def __init__(
        self, office: Office, held: Sequence[IssuedDocument], signer: InstitutionSigner, now: datetime
    ) -> None:
        self.held = held
        self.key = signer.named
        self.identifier: str | None = None
        """Under which the award is handed out, where that is not its own: our register knows it by both."""
        self._office = office
        self._signer = signer
        self._now = now

    def token(self, form: ExportFormat) -> str:
        """Put the stored document, its proofs in it, in a token."""
        document = self.held[0].document
        if form is ExportFormat.OPEN_BADGES_JWT:
            return open_badges_jwt.sign(document, self._named(self._p256()))
        # ``iat`` keeps the token good when the key ends later on: it was made before.
        return vc_jose.sign(document, self._named(self._signer.first.signer), issued=self._now)

    def record(self) -> JsonObject:
        """Gather the title and its blocks, byte for byte as they were issued."""
        title, *blocks = self.held
        document = clr_credential(
            ClrDocument(
                id=self._office.ids.urn(),
                name=f"{title.document['name']}\u202f: la certification et ses blocs de compétences",
                issuer=self._office.institution.profile(self._office.did),
                subject_id=str(_subject(title.document).get("id")),
                holder=title.award.holder,
                title=_member(title),
                blocks=[_member(block) for block in blocks],
                valid_from=self._now,
                # The register knows one certification, not all that the institution ever awarded; and
                # "complete" or not would tell of awards that the holder does not show.
                partial=True,
            )
        )
        # The institution may have changed its address since: the record repeats what its members say of it,
        # because JSON-LD merges all that is said of one identifier.
        document["issuer"] = title.document["issuer"]
        return secure(document, self._signer, created=self._now)

    def base(self, statement_signer: StatementSigner) -> JsonObject:
        """Sign the document statement by statement, under an identifier that opens no page."""
        stored = self.held[0].document
        unsecured = {name: value for name, value in stored.items() if name != "proof"}
        self.identifier = self._office.ids.urn()
        document: JsonObject = {**unsecured, "id": self.identifier}
        return sign_base(
            document,
            self._named(self._p256()),
            created=self._now,
            mandatory_pointers=required_pointers(document),
            hmac_key=self._office.ids.secret(),
            proof_signer=statement_signer,
        )

    def _named(self, signer: Signer) -> Signer:
        """Note for the trail which of the keys signs."""
        self.key = signer.verification_method
        return signer

    def _p256(self) -> Signer:
        for key in (self._signer.first, *self._signer.others):
            if key.signer.algorithm == KeyType.P256.algorithm:
                return key.signer
        raise RefusedError(
            "export.no_key",
            "this form is signed with a P-256 key, and the institution signs with none",
            where="PARCHEMIN_SUITES",
            remedy="add ecdsa-rdfc-2019 to the suites and make its key with: parchemin keys new --type P-256",
        )


def _subject(document: JsonObject) -> JsonObject:
    return objects_of(document["credentialSubject"])[0]


def _member(held: IssuedDocument) -> HeldCredential:
    (achievement,) = objects_of(_subject(held.document)["achievement"])
    return HeldCredential(str(achievement["id"]), held.document)


def _all_members(document: JsonObject) -> Sequence[str]:
    return [pointer("", name) for name in document if name not in {"@context", "proof"}]


def _unverifiable(code: str, number: str) -> ConflictError:
    return ConflictError(
        "export.unverifiable",
        f"our own verifier does not accept what would be handed out ({code}); nothing was written",
        where=number,
        remedy="run parchemin doctor and parchemin audit verify",
    )
