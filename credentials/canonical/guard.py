"""The JSON that is read is the dataset that is signed, and nothing else.

RDF suites sign a dataset; every check and every page reads JSON. Between the two, JSON-LD drops what no
context defines, merges what is said twice, and lets one statement be written in many ways. A holder could
use each of these to show something that was never signed, or to hide something that was.

The guard closes the gap by accepting a document only if it is *the* way to write its dataset:

1. its contexts are the one accepted list (:mod:`credentials.canonical.context_list`);
2. it uses only the plain forms of JSON-LD (:mod:`credentials.canonical.plain_form`);
3. its expanded form is a tree that the dataset determines: every identifier absolute, no value twice,
   every identified node described in one place, the nearest to the root
   (:mod:`credentials.canonical.tree_form`);
4. compacting that tree gives the document back (:mod:`credentials.canonical.spelling`);
5. credentials in it are documents of their own, and change nothing in what it says itself
   (:mod:`credentials.canonical.embedded`); endorsements, which answer for nothing, are accepted by these
   rules too.

So two accepted documents with the same dataset differ only in what JSON-LD holds equal:

* the order of members, and the order of items in an array that is a set;
* a single value and an array of that one value; an address and ``{"id": address}``;
* ``AchievementCredential`` and ``OpenBadgeCredential``, two names of one type;
* equal numbers (``1`` and ``1.0``);
* where the vocabulary is the same for every term used, the version of the Open Badges context.

Spec: Data Integrity 1.0, sections 2.4.3 (Securing Data Losslessly) and 4.6; VC Data Model 2.0, section 6.1.
"""

from collections.abc import Sequence

import contexts
from contexts import ContextLoader
from credentials.canonical.context_list import check_contexts, check_known
from credentials.canonical.embedded import Parts, check_embedded, parts_of
from credentials.canonical.plain_form import check_plain
from credentials.canonical.processor import compact, expand
from credentials.canonical.spelling import check_spelling, for_compaction
from credentials.canonical.tree_form import check_tree
from credentials.errors import ContextError, CredentialError, DataLossError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, check_values, without
from credentials.structure.values import objects_of


def check_lossless(
    document: JsonObject, loader: ContextLoader = contexts.load, *, proofs: Sequence[JsonObject] = ()
) -> None:
    """Return if the document says exactly what its dataset says.

    Args:
        document: A credential without its ``proof``.
        loader: Gives the contexts.
        proofs: Its proofs: a context that only they need is in use.

    Raises:
        DataLossError: A value would not be signed, or could be written in another way without notice.
        ContextError: The list of contexts is not the accepted one.
        CanonicalizationError: The document is not JSON-LD.
        InputError: The document breaks a rule of :mod:`credentials.json_input`.

    Spec: Data Integrity 1.0, section 2.4.3.
    """
    check_values(document)
    parts = parts_of(document)
    check_contexts(parts.outer, loader, proofs=proofs)
    check_embedded(parts, _check_forms(parts.outer, loader), loader)
    _check_endorsements(parts, loader)


def _check_endorsements(parts: Parts, loader: ContextLoader) -> None:
    """Refuse a document in whose endorsements a word could be added that no signature covers.

    Other credentials in a document answer for themselves: it stands no better than they do.
    """
    for item in parts.embedded:
        if not item.endorses:
            continue
        try:
            check_lossless(
                without(item.content, "proof"), loader, proofs=objects_of(item.content.get("proof"))
            )
        except CredentialError as cause:
            where = f"{item.where}{cause.where or ''}"
            raise ContextError(ErrorCode.CONTEXT_EMBEDDED, where=where) from cause


def check_text(document: JsonObject, loader: ContextLoader = contexts.load) -> bool:
    """Return if a document whose JSON text is signed gives its words a meaning that we know.

    Nothing can be lost where the text is signed; what a context leaves undefined is still what the issuer
    wrote. Only contexts that nobody here has read stand in the way.

    Args:
        document: A credential without its ``proof``.
        loader: Gives the contexts.

    Returns:
        Whether it says exactly what its dataset says, too.

    Raises:
        ContextError: A context is missing, not pinned, or given in the document itself.
        InputError: The document breaks a rule of :mod:`credentials.json_input`.
    """
    check_values(document)
    check_known(document, loader)
    try:
        check_lossless(document, loader)
    except CredentialError:
        return False
    return True


def check_options_lossless(options: JsonObject, loader: ContextLoader = contexts.load) -> None:
    """Return if proof options say exactly what their dataset says.

    Args:
        options: A proof without ``proofValue``, with the ``@context`` of the document that it secures, which
            :func:`check_lossless` has accepted.
        loader: Gives the contexts.

    Raises:
        DataLossError: A member would not be signed, or could be written in another way without notice.
        ContextError: A context is not pinned.
        CanonicalizationError: The options are not JSON-LD.
        InputError: The options break a rule of :mod:`credentials.json_input`.

    Spec: Data Integrity 1.0, section 2.4.3.
    """
    check_values(options)
    try:
        _check_forms(options, loader)
    except DataLossError as cause:
        where = None if cause.where is None else f"/proof{cause.where}"
        raise DataLossError(cause.code, where=where, detail=cause.detail) from cause


def _check_forms(document: JsonObject, loader: ContextLoader) -> list[JsonValue]:
    check_plain(document)
    expanded = expand(document, loader)
    check_tree(document, expanded)
    check_spelling(document, compact(expanded, document["@context"], for_compaction(loader)))
    return expanded
