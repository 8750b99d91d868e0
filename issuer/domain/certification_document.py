"""A certification from its document (``rncp-fiche/1``): strict, all faults at once, nothing deduced."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite

from credentials.report import Sentence
from issuer.domain.canonical_json import digest_of
from issuer.domain.certification import (
    AccessRoute,
    Block,
    Certification,
    Certifier,
    CountedJury,
    IssueWhen,
    JuryRule,
    Level,
    Nomenclature,
    ProportionedJury,
    Registration,
    TitlePolicy,
)
from issuer.domain.document_node import Node, shown
from issuer.domain.errors import CertificationError, Fault

SCHEMA = "rncp-fiche/1"

_DEEPEST = 32
_MOST_MEMBERS = 50
_HIGHEST_LEVEL = 8
_URL = r"https?://[^\s]{1,2000}"
_VAE = "VAE"

_KEYS = frozenset(
    {
        "schema", "language", "code", "title", "title_confirmed", "title_occurrences_in_seed", "level",
        "nsf", "formacodes", "registration", "certifier", "partners", "objectives_and_context", "activities",
        "competences_intro", "functions", "evaluation_overall", "blocks", "acquisition", "sectors",
        "employers", "jobs", "rome", "regulation", "prerequisites", "access_routes",
        "access_routes_heading_as_written", "territories", "statistics", "links",
        "preparing_organisations", "reference_documents", "predecessors", "successors", "policy", "feed",
    }
)  # fmt: skip
_POLICY_KEYS = frozenset({"issue_when", "title_policy"})


def certification_from_document(document: Mapping[str, object], version: str) -> Certification:
    """Read a certification from its document.

    Args:
        document: The document as YAML or JSON gives it; days as dates or as ``YYYY-MM-DD``.
        version: Label of this version of the data.

    Returns:
        The certification, with the digest of the whole document.

    Raises:
        CertificationError: With every fault of the document, its place and its remedy.

    Spec: rncp35080.yaml (schema rncp-fiche/1); design.md, section 1 (every certification is data).
    """
    faults: list[Fault] = []
    root = Node(document, "", faults)
    plain = _plain(root, 0)
    if faults or not isinstance(plain, dict):
        raise CertificationError(faults or [_no_mapping()])
    certification = _certification(root, version, digest_of(plain))
    if faults:
        raise CertificationError(faults)
    return certification


def _no_mapping() -> Fault:
    return Fault(
        "certification.wrong-value",
        "",
        Sentence("Ce document n’est pas une fiche.", "This document is no certification."),
        Sentence(
            f"Donner un document «\u202fschema: {SCHEMA}\u202f».", f"Give a document with “schema: {SCHEMA}”."
        ),
    )


def _plain(node: Node, depth: int) -> object:
    """Give the document as JSON values, days written out, so that its digest has one form."""
    value = node.value
    if depth > _DEEPEST:
        node.wrong("moins de niveaux imbriqués", "fewer nested levels")
    elif isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    elif isinstance(value, Mapping):
        return {str(key): _plain(_child(node, key, item), depth + 1) for key, item in value.items()}
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        items = [Node(item, f"{node.path}[{index}]", node.faults) for index, item in enumerate(value)]
        return [_plain(item, depth + 1) for item in items]
    elif not _is_plain(value):
        node.wrong("un texte, un nombre, un jour ou une liste", "a text, a number, a day or a list")
    return value


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, float):
        return isfinite(value)
    return value is None or isinstance(value, bool | int)


def _child(node: Node, key: object, item: object) -> Node:
    if not isinstance(key, str):
        node.fault(
            "wrong-key",
            Sentence(f"La clé {shown(key)} n’est pas un texte.", f"The key {shown(key)} is not a text."),
            Sentence("Mettre la clé entre guillemets.", "Quote the key."),
        )
    return Node(item, f"{node.path}.{key}" if node.path else str(key), node.faults)


def _certification(root: Node, version: str, digest: str) -> Certification:
    _known_keys(root, _KEYS)
    root.matching("schema", r"rncp-fiche/1", f"«\u202f{SCHEMA}\u202f»", f"“{SCHEMA}”")
    code = root.matching("code", r"[A-Z]{2,8}\d{1,8}", "un code comme RNCP12345", "a code such as RNCP12345")
    blocks = _blocks(root, code)
    policy = root.get("policy")
    if policy:
        _known_keys(policy, _POLICY_KEYS)
    choices = policy or Node({}, "policy", root.faults)
    acquisition = root.need("acquisition") or Node({}, "acquisition", [])
    return Certification(
        code=code,
        version=version,
        digest=digest,
        language=root.matching("language", r"[a-z]{2}", "une langue : fr", "a language: fr"),
        title=root.text("title"),
        level=_level(root),
        nsf=_nomenclatures(root, "nsf"),
        formacodes=_nomenclatures(root, "formacodes", required=False),
        rome=_nomenclatures(root, "rome", required=False),
        registration=_registration(root, code),
        certifier=_certifier(root),
        blocks=blocks,
        required_blocks=_required_blocks(acquisition, [block.code for block in blocks]),
        acquisition=acquisition.text("text"),
        evaluation=_evaluation(root),
        access_routes=_routes(root),
        other_fiches=_other_fiches(root, code),
        issue_when=choices.choice("issue_when", IssueWhen, IssueWhen.COMPLETION),
        title_policy=choices.choice("title_policy", TitlePolicy, TitlePolicy.BLOCKS),
    )


def _known_keys(node: Node, known: frozenset[str]) -> None:
    if not isinstance(node.value, Mapping):
        node.wrong("un ensemble de clés et de valeurs", "a mapping of keys to values")
        return
    for key in node.value:
        if key not in known:
            node.fault(
                "unknown-key",
                Sentence("Clé inconnue.", "Unknown key."),
                Sentence("Corriger son nom ou la retirer.", "Correct its name or remove it."),
                str(key),
            )


def _distinct(nodes: Sequence[Node], values: Sequence[object]) -> None:
    for index, (node, value) in enumerate(zip(nodes, values, strict=True)):
        if value and value in values[:index]:
            node.fault(
                "repeated",
                Sentence(f"{shown(value)} paraît deux fois.", f"{shown(value)} appears twice."),
                Sentence("Garder une seule fois chaque valeur.", "Keep each value once."),
            )


def _level(root: Node) -> Level:
    node = root.need("level") or Node({}, "level", [])
    return Level(
        label=node.text("label"),
        national=node.integer("national", 1, _HIGHEST_LEVEL),
        eqf=node.integer("eqf", 1, _HIGHEST_LEVEL),
        eqf_uri=node.matching("eqf_uri", _URL, "une adresse http(s)", "an http(s) address"),
    )


def _nomenclatures(root: Node, key: str, *, required: bool = True) -> tuple[Nomenclature, ...]:
    nodes = root.items(key, required=required)
    found = tuple(
        Nomenclature(node.text("code"), node.optional_text("label_corrected") or node.text("label"))
        for node in nodes
    )
    _distinct(nodes, [item.code for item in found])
    return found


def _registration(root: Node, code: str) -> Registration:
    node = root.need("registration") or Node({}, "registration", [])
    register = node.text("register")
    if code and register and not code.startswith(register):
        node.wrong("le répertoire du code de la fiche", "the register that the fiche’s code belongs to")
    return Registration(
        register=register,
        expiry_date=node.day("expiry_date"),
        decision_date=node.optional_day("decision_date"),
        delivery_deadline=node.optional_day("delivery_deadline"),
        fiche_url=node.matching("fiche_url", _URL, "une adresse http(s)", "an http(s) address"),
        effective_date=node.optional_day("effective_date"),
    )


def _certifier(root: Node) -> Certifier:
    node = root.need("certifier") or Node({}, "certifier", [])
    return Certifier(
        legal_name=node.text("legal_name"),
        siret=node.matching("siret", r"\d{14}", "un SIRET de 14 chiffres", "a SIRET of 14 digits"),
        trade_name=node.optional_text("trade_name"),
        website=node.matching("website", _URL, "une adresse http(s)", "an http(s) address"),
        ror=node.optional_matching("ror", r"https://ror\.org/[0-9a-z]{9}", "une adresse ROR", "a ROR link"),
        uai=node.optional_matching("uai", r"\d{7}[A-Z]", "un code UAI", "a UAI code"),
    )


def _blocks(root: Node, code: str) -> tuple[Block, ...]:
    nodes = root.items("blocks")
    blocks = tuple(
        Block(
            code=node.matching(
                "code",
                rf"{code}BC\d{{2,3}}",
                f"le code de la fiche suivi de BC et d’un numéro\u202f: {code}BC01",
                f"the fiche’s code followed by BC and a number: {code}BC01",
            ),
            number=node.integer("number", 1, 999),
            title=node.text("title"),
            competences=tuple(item.text("text") for item in node.items("competences")),
            evaluation_modalities=node.texts("evaluation_modalities"),
        )
        for node in nodes
    )
    _distinct(nodes, [block.code for block in blocks])
    _distinct(nodes, [block.number for block in blocks])
    return blocks


def _required_blocks(node: Node, codes: Sequence[str]) -> tuple[str, ...]:
    items = node.items("required_blocks")
    required = tuple(item.as_text() for item in items)
    _distinct(items, required)
    for item, value in zip(items, required, strict=True):
        if value and value not in codes:
            item.wrong("le code d’un bloc de la fiche", "the code of one of the fiche’s blocks")
    every = node.get("all_blocks_required")
    if every and every.value is True and set(required) != set(codes):
        every.wrong("false, ou citer tous les blocs", "false, or name every block")
    return tuple(code for code in codes if code in required)


def _evaluation(root: Node) -> tuple[str, ...]:
    node = root.get("evaluation_overall")
    return node.texts("items") if node else ()


def _routes(root: Node) -> tuple[AccessRoute, ...]:
    nodes = root.items("access_routes")
    routes = tuple(_route(node) for node in nodes)
    _distinct(nodes, [route.key for route in routes])
    return routes


def _route(node: Node) -> AccessRoute:
    is_open = node.boolean("open")
    rule = node.need("jury_rule") if is_open else None
    access = node.optional_text("cpf_modalite_acces")
    return AccessRoute(
        key=node.matching("key", r"[a-z][a-z0-9_]{0,60}", "une clé en minuscules", "a key in lower case"),
        label=node.text("label"),
        open=is_open,
        jury_rule=_jury_rule(rule) if rule else None,
        is_vae=access == _VAE,
        cpf_access=access,
    )


def _jury_rule(node: Node) -> JuryRule:
    total = node.integer("minimum_total", 1, _MOST_MEMBERS)
    if node.get("internal_min_percent") or node.get("qualified_professionals_min_percent"):
        return ProportionedJury(
            internal_min_percent=node.integer("internal_min_percent", 0, 100),
            qualified_min_percent=node.integer("qualified_professionals_min_percent", 0, 100),
            internal_stated=node.integer("internal_stated", 0, _MOST_MEMBERS),
            qualified_stated=node.integer("qualified_stated", 0, _MOST_MEMBERS),
            minimum_total=total,
        )
    return CountedJury(
        internal=node.integer("internal_pedagogical_heads", 0, _MOST_MEMBERS),
        external=node.integer("external_professionals", 0, _MOST_MEMBERS),
        represents_head=node.optional_text("must_include_representative_of") is not None,
        minimum_total=total,
    )


def _other_fiches(root: Node, code: str) -> tuple[str, ...]:
    nodes = [*root.items("predecessors", required=False), *root.items("successors", required=False)]
    codes = tuple(node.text("code") for node in nodes)
    _distinct(nodes, codes)
    for node, other in zip(nodes, codes, strict=True):
        if other == code:
            node.wrong("le code d’une autre fiche", "the code of another fiche")
    return codes
