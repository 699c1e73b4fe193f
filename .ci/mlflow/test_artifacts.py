"""Artifacts by path, through MLflow's own client. Passes on an MLflow server too."""

import os
import uuid

import pytest
import requests
from mlflow.store.artifact.mlflow_artifacts_repo import MlflowArtifactsRepository

SERVER = os.environ["MLFLOW_TRACKING_URI"].rstrip("/")
FILES = f"{SERVER}/api/2.0/mlflow-artifacts/artifacts"


@pytest.fixture
def folder():
    return f"tests/{uuid.uuid4().hex}"


@pytest.fixture
def repository(folder):
    return MlflowArtifactsRepository(f"mlflow-artifacts:/{folder}", tracking_uri=SERVER)


@pytest.fixture
def tree(tmp_path):
    """A folder with files in folders, one of them empty, one with a name that is no ASCII."""
    root = tmp_path / "tree"
    (root / "a" / "b").mkdir(parents=True)
    (root / "top.txt").write_text("top")
    (root / "a" / "one.bin").write_bytes(os.urandom(100_000))
    (root / "a" / "b" / "empty").write_bytes(b"")
    (root / "a" / "b" / "größe 100%.json").write_text("{}")
    return root


def names(infos):
    # Of an empty file an MLflow server tells no size.
    return [(info.path, info.is_dir, None if info.is_dir else info.file_size or 0) for info in infos]


def content(root):
    return {
        os.path.relpath(os.path.join(at, name), root): open(os.path.join(at, name), "rb").read()
        for at, _, found in os.walk(root)
        for name in found
    }


def test_a_folder_comes_back_as_it_was(repository, tree, tmp_path):
    repository.log_artifacts(str(tree), "model")

    assert names(repository.list_artifacts()) == [("model", True, None)]
    assert names(repository.list_artifacts("model")) == [("model/a", True, None), ("model/top.txt", False, 3)]
    assert names(repository.list_artifacts("model/a/b")) == [
        ("model/a/b/empty", False, 0),
        ("model/a/b/größe 100%.json", False, 2),
    ]
    assert repository.list_artifacts("model/top.txt") == []
    assert repository.list_artifacts("nothing") == []
    back = tmp_path / "back"
    back.mkdir()
    repository.download_artifacts("model", str(back))
    assert content(back / "model") == content(tree)


def test_the_last_file_of_a_name_is_the_one(repository, tmp_path):
    file = tmp_path / "metrics.json"
    for text in ("first", "second, which is longer", "third"):
        file.write_text(text)
        repository.log_artifact(str(file))
    back = repository.download_artifacts("metrics.json", str(tmp_path / "."))
    assert open(back).read() == "third"
    assert names(repository.list_artifacts()) == [("metrics.json", False, 5)]


def test_what_is_deleted_is_gone_with_all_that_lies_in_it(repository, tree):
    repository.log_artifacts(str(tree), "model")
    repository.delete_artifacts("model/top.txt")
    assert names(repository.list_artifacts("model")) == [("model/a", True, None)]
    repository.delete_artifacts("model")
    assert repository.list_artifacts() == []
    assert repository.list_artifacts("model/a") == []
    repository.delete_artifacts("model")
    repository.log_artifact(str(tree / "top.txt"), "model")
    assert names(repository.list_artifacts("model")) == [("model/top.txt", False, 3)]


def test_a_file_is_sent_as_an_attachment_in_part_if_asked(folder):
    body = bytes(range(256)) * 1000
    address = f"{FILES}/{folder}/page.html"
    assert requests.put(address, data=body).status_code == 200
    whole = requests.get(address)
    assert whole.content == body
    assert whole.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "page.html" in whole.headers["Content-Disposition"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = requests.get(address, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, body[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(body)}"
    # An MLflow server may send it all again.
    assert requests.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code in (200, 304)
    assert requests.head(address).headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    "path",
    [
        "a/../../b",
        "%2e%2e/b",
        "a/%2e%2e/%2e%2e/b",
        "%252e%252e/b",
        "%25252e%25252e%25252fb",
        "a%2F..%2F..%2Fb",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "file:///etc/passwd",
        "C:/windows",
        "a%23b",
    ],
)
def test_paths_that_lead_elsewhere_are_refused(path):
    listed = requests.get(f"{FILES}?path={path}")
    assert listed.status_code == 400
    assert listed.json()["error_code"] == "INVALID_PARAMETER_VALUE"
    for method in ("GET", "PUT", "DELETE"):
        request = requests.Request(method, FILES, data=b"x" if method == "PUT" else None).prepare()
        request.url = f"{FILES}/{path}"  # As it is: the client would resolve what leads upwards.
        answer = requests.Session().send(request, allow_redirects=False)
        # An MLflow server may also redirect an address with two slashes, or know none that is so odd.
        assert answer.status_code in (308, 400, 404, 405), (method, answer.text)


def test_a_large_file_comes_in_parts(repository, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "true")
    monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "1000000")
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "1000000")
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE", "700000")
    file = tmp_path / "model.bin"
    file.write_bytes(os.urandom(5_500_001))
    repository.log_artifact(str(file), "m")
    back = tmp_path / "back"
    back.mkdir()
    assert open(repository.download_artifacts("m/model.bin", str(back)), "rb").read() == file.read_bytes()


def test_what_is_not_there_is_told(folder):
    answer = requests.get(f"{FILES}/{folder}/nothing.txt")
    assert answer.status_code == 404
    assert answer.json()["error_code"] == "RESOURCE_DOES_NOT_EXIST"


def test_a_folder_is_no_file(folder):
    requests.put(f"{FILES}/{folder}/a/b.txt", data=b"x").raise_for_status()
    assert requests.get(f"{FILES}/{folder}/a").status_code == 400
