"""The application over the fake desk."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from issuer.web import create_app
from tests.support.fake_desk import FakeDesk


@pytest.fixture
def app() -> Flask:
    return create_app(FakeDesk())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
