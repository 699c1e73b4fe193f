"""What all suites share. The server is the one at MLFLOW_TRACKING_URI; each test works in an experiment of its own."""

import os
import uuid

import mlflow
import pytest
from mlflow import MlflowClient


@pytest.fixture(scope="session")
def server():
    return os.environ["MLFLOW_TRACKING_URI"]


@pytest.fixture
def client(server):
    return MlflowClient(server)


@pytest.fixture
def unique():
    """Makes names that no other test has."""
    return lambda name="name": f"{name}-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def experiment(server, unique):
    """The id of a new experiment, which is the active one."""
    mlflow.set_tracking_uri(server)
    return mlflow.set_experiment(unique("experiment")).experiment_id
