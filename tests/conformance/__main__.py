"""Start the conformance server: ``make conformance PORT=8791 ARGS="…"``."""

import argparse
import json
import logging
import sys

from werkzeug.serving import make_server

from issuer.adapters.system import SystemClock
from tests.conformance.keys import make_issuers
from tests.conformance.server import Setting, create_server

HOST = "127.0.0.1"


def main() -> None:
    """Serve on loopback until interrupted; the first line of output is the issuers, as JSON."""
    asked = _arguments()
    issuers = make_issuers(bytes.fromhex(asked.seed) if asked.seed else None)
    base_url = (asked.public_base_url or f"http://{HOST}:{asked.port}").rstrip("/")
    hosts = dict(pair.split("=", 1) for pair in asked.map)
    app = create_server(Setting(base_url, issuers, hosts, SystemClock()))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(HOST, asked.port, app, threaded=True)
    sys.stdout.write(json.dumps({name: issuer.did for name, issuer in issuers.items()}) + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make conformance", description=__doc__)
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--public-base-url", metavar="URL", help="the address as the suites see it")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HOST=http://127.0.0.1:PORT",
        type=_pair,
        help="serve a host's did:web documents, status lists and keys from this machine; may be repeated",
    )
    parser.add_argument("--seed", metavar="HEX", help="the same seed gives the same keys")
    return parser.parse_args()


def _pair(text: str) -> str:
    host, separator, url = text.partition("=")
    if not host or not separator or not url:
        raise argparse.ArgumentTypeError("HOST=http://127.0.0.1:PORT")
    return text


if __name__ == "__main__":
    main()
