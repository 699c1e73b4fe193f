"""Webhooks, made and tested with MLflow's own client and verified with its own signatures.

Against an MLflow server it needs _MLFLOW_WEBHOOK_ALLOWED_SCHEMES=http and _MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS=true there.
"""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from mlflow.entities.webhook import WebhookStatus
from mlflow.exceptions import MlflowException
from mlflow.webhooks.delivery import _generate_hmac_signature

SECRET = "a secret of 32 characters, or so."
SECONDS = 60


class Receiver:
    """Listens for deliveries, and answers as it is told to."""

    def __init__(self):
        self.deliveries = queue.Queue()
        self.statuses = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.deliveries.put((dict(self.headers), body.decode()))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.end_headers()
                self.wfile.write(b"thank you")

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def next(self):
        return self.deliveries.get(timeout=SECONDS)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def webhook(client, receiver, unique):
    """Makes webhooks that are gone after the test."""
    made = []

    def make(events, **more):
        made.append(client.create_webhook(unique("hook"), receiver.url, events, **more))
        return made[-1]

    yield make
    for hook in made:
        try:
            client.delete_webhook(hook.webhook_id)
        except MlflowException as e:
            assert e.error_code == "RESOURCE_DOES_NOT_EXIST"


def header(headers, name):
    return {key.lower(): value for key, value in headers.items()}[name.lower()]


def verify(headers, body, secret=SECRET):
    expected = _generate_hmac_signature(
        secret, header(headers, "X-MLflow-Delivery-Id"), header(headers, "X-MLflow-Timestamp"), body
    )
    assert header(headers, "X-MLflow-Signature") == expected


def test_a_webhook_is_made_listed_changed_and_deleted(client, webhook, receiver, unique):
    made = webhook(["registered_model.created", "model_version.created"], description="first", secret=SECRET)
    assert made.status == WebhookStatus.ACTIVE
    assert [str(event) for event in made.events] == ["registered_model.created", "model_version.created"]
    assert made.secret is None
    others = [webhook(["registered_model.created"]) for _ in range(2)]
    found, token = [], None
    while True:
        page = client.list_webhooks(max_results=1, page_token=token)
        found += page
        token = page.token
        if not token:
            break
    assert {hook.webhook_id for hook in [made, *others]} <= {hook.webhook_id for hook in found}
    name = unique("renamed")
    changed = client.update_webhook(
        made.webhook_id, name=name, description="second", events=["model_version_tag.set"], status="DISABLED"
    )
    assert (changed.name, changed.description, changed.status) == (name, "second", WebhookStatus.DISABLED)
    assert changed.url == receiver.url
    again = client.get_webhook(made.webhook_id)
    assert [str(event) for event in again.events] == ["model_version_tag.set"]
    client.delete_webhook(made.webhook_id)
    with pytest.raises(MlflowException) as gone:
        client.get_webhook(made.webhook_id)
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a b"},
        {"url": ""},
        {"url": "ftp://127.0.0.1/hook"},
        {"url": "http:///hook"},
        {"events": []},
    ],
)
def test_what_can_be_no_webhook_is_refused(client, wrong):
    right = {"name": "hook", "url": "http://127.0.0.1:9/hook", "events": ["registered_model.created"]}
    with pytest.raises(MlflowException) as refused:
        client.create_webhook(**{**right, **wrong})
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_a_test_is_signed_and_its_answer_told(client, webhook, receiver):
    hook = webhook(["model_version.created", "model_version_alias.created"], secret=SECRET)
    result = client.test_webhook(hook.webhook_id)
    assert (result.success, result.response_status, result.response_body) == (True, 200, "thank you")
    headers, body = receiver.next()
    verify(headers, body)
    told = json.loads(body)
    assert (told["entity"], told["action"]) == ("model_version", "created")
    assert {"name", "version", "source"} <= told["data"].keys()

    client.test_webhook(hook.webhook_id, "model_version_alias.created")
    headers, body = receiver.next()
    verify(headers, body)
    assert json.loads(body)["entity"] == "model_version_alias"

    receiver.statuses.append(404)
    refused = client.test_webhook(hook.webhook_id)
    assert (refused.success, refused.response_status) == (False, 404)


def test_registering_a_model_is_told_and_signed(client, webhook, receiver, unique):
    webhook(["registered_model.created", "model_version.created", "model_version_tag.set"], secret=SECRET)
    name = unique("hooked model é")
    client.create_registered_model(name, tags={"team": "a"}, description="text")
    client.create_model_version(name, "s3://bucket/a", tags={"kind": "b"})
    client.set_model_version_tag(name, "1", "colour", "grün")
    seen = {}
    # Other tests' models may be told of as well, and the order of deliveries is not said.
    while len(seen) < 3:
        headers, body = receiver.next()
        verify(headers, body)
        told = json.loads(body)
        if told["data"]["name"] == name:
            seen[f"{told['entity']}.{told['action']}"] = told["data"]
    assert seen["registered_model.created"]["description"] == "text"
    assert seen["registered_model.created"]["tags"] == {"team": "a"}
    assert str(seen["model_version.created"]["version"]) == "1"
    assert seen["model_version.created"]["source"] == "s3://bucket/a"
    assert (seen["model_version_tag.set"]["key"], seen["model_version_tag.set"]["value"]) == ("colour", "grün")


def test_a_delivery_that_fails_is_tried_again(client, webhook, receiver, unique):
    webhook(["registered_model.created"], secret=SECRET)
    receiver.statuses += [503, 503]
    name = unique("model")
    client.create_registered_model(name)
    ids = set()
    for _ in range(3):
        headers, body = receiver.next()
        verify(headers, body)
        assert json.loads(body)["data"]["name"] == name
        ids.add(header(headers, "X-MLflow-Delivery-Id"))
    assert len(ids) == 1


def test_without_a_secret_nothing_is_signed(client, webhook, receiver):
    client.test_webhook(webhook(["registered_model.created"]).webhook_id)
    headers, _ = receiver.next()
    assert "x-mlflow-signature" not in {key.lower() for key in headers}
