"""What a holder takes away: copies of what was issued, forms made beforehand, and all of it in one file.

Nothing is signed here. An award that is not in force is not handed out (see ``overview``).
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from credentials.baking.png import bake as bake_png
from credentials.baking.svg import bake as bake_svg
from credentials.documents.open_badge import CREDENTIAL_MEDIA_TYPE
from issuer.ports import OwnAward, PictureFormat, Pictures, Registry, SpaceForm, TakenFile
from issuer.services.catalog import kept_version
from issuer.services.office import Office
from issuer.services.papers import Papers
from issuer.services.space.read_me import READ_ME, read_me

MEDIA_TYPES: Final = {
    SpaceForm.PDF: "application/pdf",
    SpaceForm.PNG: "image/png",
    SpaceForm.SVG: "image/svg+xml",
    SpaceForm.JSON: CREDENTIAL_MEDIA_TYPE,
    SpaceForm.JWT: "application/vc+jwt",
    SpaceForm.CLR: CREDENTIAL_MEDIA_TYPE,
}
_PREPARED: Final = frozenset({SpaceForm.JWT, SpaceForm.CLR})
_EMBLEM: Final = PictureFormat.SIGNATURE_PNG
_EVERYTHING: Final = "attestations.zip"
_ENDINGS: Final = {SpaceForm.CLR: "clr.json"}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Every member of a ZIP file has a time; ours have its first one, so that equal contents make equal files."""


def file_name(own: OwnAward, form: SpaceForm) -> str:
    """Name a file: what it is and its number, and no person's data."""
    return f"{own.award.component}_{own.award.number}.{_ENDINGS.get(form, form.value)}"


@dataclass(frozen=True, slots=True)
class Downloads:
    """Makes the files.

    Attributes:
        office: The service.
        pictures: Draws badges.
        papers: Prints.
    """

    office: Office
    pictures: Pictures
    papers: Papers

    def download(self, own: OwnAward, form: SpaceForm) -> TakenFile:
        """Give one of the forms that an award has now.

        Args:
            own: The award.
            form: One of its ``forms``.
        """
        return TakenFile(file_name(own, form), MEDIA_TYPES[form], self._made(own, form))

    def emblem(self, own: OwnAward) -> TakenFile:
        """Give the small drawing of an award.

        Args:
            own: The award.
        """
        with self.office.store.reading() as registry:
            certification = kept_version(registry, own.award.certification, own.award.certification_version)
        drawn = self.pictures.draw(_EMBLEM, own.award, certification)
        return TakenFile(f"{own.award.number}-{_EMBLEM.value}", _EMBLEM.media_type, drawn)

    def everything(self, awards: Sequence[OwnAward]) -> TakenFile | None:
        """Give all forms of all awards as one ZIP file, the same for the same contents.

        Args:
            awards: A person's awards.
        """
        held = [own for own in awards if own.forms]
        if not held:
            return None
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            _add(archive, READ_ME, read_me(self.office.institution, self.office.base_url, held).encode())
            for own in held:
                for form in own.forms:
                    _add(archive, file_name(own, form), self._made(own, form))
        return TakenFile(_EVERYTHING, "application/zip", packed.getvalue())

    def _made(self, own: OwnAward, form: SpaceForm) -> bytes:
        if form is SpaceForm.PDF:
            return self.papers.printed(own.award).body
        with self.office.store.reading() as registry:
            if form in _PREPARED:
                return prepared_body(registry, own.award.number, form)
            credential = registry.credential(own.award.number)
            certification = kept_version(registry, own.award.certification, own.award.certification_version)
        assert credential is not None
        if form is SpaceForm.JSON:
            return credential
        picture = PictureFormat.BADGE_PNG if form is SpaceForm.PNG else PictureFormat.BADGE_SVG
        bake = bake_png if form is SpaceForm.PNG else bake_svg
        return bake(self.pictures.draw(picture, own.award, certification), credential.decode())


def prepared_body(registry: Registry, number: str, form: SpaceForm) -> bytes:
    """Give a signed form that was made beforehand."""
    return next(each.body for each in registry.prepared(number) if each.form.value == form.value)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file in as it is: what compression makes of it changes with the library."""
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
