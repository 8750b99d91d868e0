"""JSON that readers disagree on, or that is none."""

from collections.abc import Callable

from tests.hostile.makers.sealing import Hostile, Made, block, genuine, sealed, text_of, written


def _text(change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[], Hostile]:
    return lambda: Hostile(change(text_of(genuine())).encode(encoding, "surrogatepass"))


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[], Hostile]:
    return lambda: Hostile(change(written(genuine())))


def _member(member: str) -> Callable[[], Hostile]:
    """Put a member, as text, at the head of the signed document."""
    return _text(lambda text: "{" + member + "," + text[1:])


def _swap(old: str, new: str, times: int = 1) -> Callable[[], Hostile]:
    return _text(lambda text: _replaced(text, old, new, times))


def _replaced(text: str, old: str, new: str, times: int) -> str:
    if old not in text:
        raise ValueError(old)
    return text.replace(old, new, times)


def _credits(number: str, signed: int = 1) -> Callable[[], Hostile]:
    """Sign a document that states some credits, and write that number in another way."""

    def make() -> Hostile:
        document = block()
        document["credentialSubject"]["creditsEarned"] = signed
        text = text_of(sealed(document))
        written_so = f'"creditsEarned":{number}'
        return Hostile(_replaced(text, f'"creditsEarned":{signed}', written_so, 1).encode())

    return make


_NAME = '"Établissement de démonstration"'

MADE: Made = {
    "duplicate-id": _member('"id":"https://evil.example"'),
    "duplicate-id-same-value": _member('"id":"https://diplomes.example/v/b10cT2xT0vWJb1p8r9sYzB"'),
    "duplicate-id-escaped": _member('"\\u0069d":"https://evil.example"'),
    "duplicate-context": _member('"@context":["https://www.w3.org/ns/credentials/v2"]'),
    "duplicate-proof": _member('"proof":[]'),
    "duplicate-in-issuer": _swap('"issuer":{', '"issuer":{"name":"Autre",'),
    "duplicate-in-achievement": _swap('"achievement":{', '"achievement":{"name":"Doctorat",'),
    "duplicate-in-alignment": _swap('"alignment":[{', '"alignment":[{"targetName":"Doctorat",'),
    "duplicate-in-proof": _swap('"proof":[{', '"proof":[{"proofPurpose":"authentication",'),
    "duplicate-in-status": _swap('"credentialStatus":{', '"credentialStatus":{"statusListIndex":"13",'),
    "duplicate-prototype": _member('"__proto__":{},"__proto__":{}'),
    "prototype": _member('"__proto__":{"issuer":"https://evil.example"}'),
    "empty-name": _member('"":"x"'),
    "nan": _member('"x":NaN'),
    "infinity": _member('"x":Infinity'),
    "minus-infinity": _member('"x":-Infinity'),
    "overflowing-number": _member('"x":1e999'),
    "integer-beyond-double": _member('"x":9007199254740992'),
    "integer-of-64-bits": _member('"x":18446744073709551616'),
    "integer-of-5000-digits": _member('"x":' + "9" * 5000),
    "fraction-of-5000-digits": _member('"x":0.' + "1" * 5000),
    "leading-zero": _member('"x":01'),
    "plus-sign": _member('"x":+1'),
    "hexadecimal": _member('"x":0x10'),
    "bare-point": _member('"x":.5'),
    "credits-as-float": _credits("1.0"),
    "credits-with-exponent": _credits("10e-1"),
    "credits-as-text": _credits('"1"'),
    "credits-as-boolean": _credits("true"),
    "credits-almost-one": _credits("1.0000000000000001"),
    "credits-minus-zero": _credits("-0", 0),
    "credits-minus-zero-float": _credits("-0.0", 0),
    "credits-arabic-digit": _credits("\u0661"),
    "lone-high-surrogate": _member('"x":"\\ud800"'),
    "lone-low-surrogate": _member('"x":"\\udc00"'),
    "surrogates-reversed": _member('"x":"\\udc00\\ud800"'),
    "lone-surrogate-in-name": _member('"\\ud800":"x"'),
    "surrogate-as-bytes": _bytes(lambda data: data.replace(b"{", b'{"x":"\xed\xa0\x80",', 1)),
    "escaped-nul": _member('"x":"a\\u0000b"'),
    "escaped-control": _member('"x":"a\\u0001b"'),
    "raw-control": _member('"x":"a\x01b"'),
    "raw-line-feed-in-string": _member('"x":"a\nb"'),
    "delete-character": _member('"x":"a\\u007fb"'),
    "c1-control": _member('"x":"a\\u0085b"'),
    "noncharacter": _member('"x":"\\ufffe"'),
    "mark-utf-8": _bytes(lambda data: b"\xef\xbb\xbf" + data),
    "mark-utf-16-le": _text(lambda text: "\ufeff" + text, "utf-16-le"),
    "mark-utf-16-be": _text(lambda text: "\ufeff" + text, "utf-16-be"),
    "utf-16-without-mark": _text(lambda text: text, "utf-16-le"),
    "utf-32": _text(lambda text: text, "utf-32"),
    "latin-1": _bytes(lambda data: data.replace("É".encode(), b"\xc9", 1)),
    "overlong-utf-8": _bytes(lambda data: data.replace(b"{", b'{"x":"\xc0\xaf",', 1)),
    "cut-utf-8": _bytes(lambda data: data[: data.index("É".encode()) + 1]),
    "depth-64-arrays": _member('"x":' + "[" * 64 + "]" * 64),
    "depth-65-objects": _member('"x":' + '{"a":' * 64 + "0" + "}" * 64),
    "array-of-501": _member('"x":[' + ",".join("0" * 501) + "]"),
    "name-of-513": _member(f'"{"n" * 513}":0'),
    "values-10001": _member('"x":{' + ",".join(f'"{n}":[{",".join("0" * 400)}]' for n in range(25)) + "}"),
    "objects-1001": _member('"x":{' + ",".join(f'"{n}":[{",".join(["{}"] * 40)}]' for n in range(26)) + "}"),
    "junk-after": _text(lambda text: text + "x"),
    "comma-after": _text(lambda text: text + ","),
    "nul-after": _text(lambda text: text + "\x00"),
    "document-twice": _text(lambda text: text + text),
    "document-twice-by-lines": _text(lambda text: f"{text}\n{text}"),
    "sequence-mark": _text(lambda text: "\x1e" + text + "\n"),
    "cut-short": _text(lambda text: text[:-1]),
    "comment-line": _text(lambda text: "// vrai\n" + text),
    "comment-block": _text(lambda text: "/* vrai */" + text),
    "comment-hash": _text(lambda text: "# vrai\n" + text),
    "comment-inside": _swap('"issuer":', '/**/"issuer":'),
    "single-quotes": _text(lambda text: text.replace('"', "'")),
    "bare-names": _swap('"issuer":', "issuer:"),
    "trailing-comma": _text(lambda text: text[:-1] + ",}"),
    "in-an-array": _text(lambda text: f"[{text}]"),
    "in-a-string": _text(lambda text: '"' + text.replace('"', '\\"') + '"'),
    "guard-prefix": _text(lambda text: ")]}',\n" + text),
    "as-script": _text(lambda text: f"callback({text})"),
    "curly-quotes": _text(lambda text: text.replace('"issuer"', "“issuer”", 1)),
    "full-width-name": _member('"ｔｙｐｅ":"x"'),
    "cyrillic-id": _member('"іd":"https://evil.example"'),
    "zero-width-name": _member('"na\u200bme":"x"'),
    "upper-case-name": _member('"Issuer":"https://evil.example"'),
    "no-break-space-between": _swap('"issuer":', '"issuer":\u00a0'),
    "line-separator-between": _swap('"issuer":', '"issuer":\u2028'),
    "form-feed-between": _swap('"issuer":', '"issuer":\x0c'),
    "upper-case-escape": _swap(_NAME, '"\\U00c9tablissement"'),
    "braces-missing": _text(lambda text: text[1:-1]),
    # Other ways to write the same JSON value: none of them changes what is read or what is signed.
    "escaped-letter-in-name": _swap('"issuer":', '"\\u0069ssuer":'),
    "escaped-letter-in-value": _swap(_NAME, '"\\u00c9tablissement de d\\u00E9monstration"'),
    "escaped-solidus": _text(lambda text: text.replace("https://", "https:\\/\\/")),
    "white-space-around": _text(lambda text: f" \t\r\n{text}\n\n"),
    "white-space-between": _text(lambda text: text.replace('":', '" :\r\n\t')),
    "members-reversed": lambda: Hostile(written(dict(reversed(genuine().items())))),
}
