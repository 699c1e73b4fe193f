"""Makes every convolutional network of models.txt smaller, by Slipway and by TensorFlow's converter, and compares both with
ONNX Runtime on data that neither has seen. Both calibrate on the same data."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
import onnx
from PIL import Image, ImageDraw, ImageFont

from models import content, download, read_list

# What the models of the list that are convolutional networks are shown: text as drawn with a font, or the list's own kind.
NETWORKS = {
    "ppocr4-det": "text", "ppocr4-rec": "line", "ppocr2-cls": "line", "ppocr3-det": "text", "ppocr3-rec": "line",
    "ppocr6-det": "text", "ppocr6-rec": "line", "ppocr4-rec-opset9": "line", "ddddocr": "captcha", "ddddocr-old": "captcha",
    "ddddocr-det": None, "nudenet": None, "open-nsfw": None, "captcha-slider": None, "layout-cdla": "text",
    "orientation": "text", "mtcnn-p": None, "mtcnn-r": None, "mtcnn-o": None, "dnsmos": None, "dnsmos-sig": None,
    "dnsmos-p808": None,
}  # fmt: skip
WORDS = (
    "The quick brown fox jumps over lazy dogs while street signs read 0123456789 invoice total amount due payment number"
    " January February convert model mobile phone kernel tensor scale zero point"
).split()
# Slipway's name, and the ending of onnx2tf's file.
PRECISIONS = {
    "fp16": "float16",
    "dynamic": "dynamic_range_quant",
    "int8": "integer_quant",
    "int16x8": "integer_quant_with_int16_act",
}
CALIBRATED, TESTED = 8, 4
# Small inputs say little each, and cost little.
SMALL_INPUT, CALIBRATED_SMALL = 1 << 15, 32
SECONDS = 1800


def main() -> int:
    if sys.argv[1] == "--compare":
        return compare(*map(Path, sys.argv[2:5]))
    work, models = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = re.compile(sys.argv[3] if len(sys.argv) > 3 else "")
    chosen = [m for m in read_list() if m.name in NETWORKS and wanted.search(m.name)]
    download(chosen, models)
    print("| model | precision | TensorFlow | without fallback | with fallback | left float | bytes of TensorFlow's |")
    print("|---|---|---|---|---|---|---|", flush=True)
    failed = 0
    for model in chosen:
        folder = work / model.name
        folder.mkdir(parents=True, exist_ok=True)
        write_data(model, models, folder)
        by_tensorflow(model, models, folder)
        ours(model, models, folder, "plain", ["--min-cosine", "0", "--trials", "0"])
        ours(model, models, folder, "mixed", [])
        failed += sum(not row(model, models, folder, precision) for precision in PRECISIONS)
    return 1 if failed else 0


def write_data(model, models: Path, folder: Path) -> None:
    random = numpy.random.default_rng(7)
    elements = sum(numpy.prod(shape) for shape, _ in model.sizes[0].values())
    calibrated = CALIBRATED_SMALL if elements <= SMALL_INPUT else CALIBRATED
    for name, count in (("calibration", calibrated), ("test", TESTED)):
        samples = [sample(model, random) for _ in range(count)]
        numpy.savez(folder / f"{name}.npz", **{key: numpy.concatenate([s[key] for s in samples]) for key in samples[0]})


def sample(model, random) -> dict:
    kind = NETWORKS[model.name]
    made = {}
    for name, (shape, own) in model.sizes[0].items():
        made[name] = (content(own, shape, random) if kind is None else drawn(kind, shape, random)).astype("float32")
    return made


def drawn(kind: str, shape: tuple, random) -> numpy.ndarray:
    """Dark words on a light ground with some noise: -1 to 1, or 0 to 1 for captchas."""
    height, width = shape[2:]
    picture = Image.new("L", (width, height), int(random.integers(180, 256)))
    pen = ImageDraw.Draw(picture)
    lines = 1 if kind != "text" else height // 48
    for line in range(lines):
        font = ImageFont.load_default(int(random.integers(20, 33)))
        words = []
        while pen.textlength(" ".join(words), font=font) < width * random.uniform(0.5, 0.8):
            words.append(WORDS[random.integers(len(WORDS))])
        text = " ".join(words)
        while pen.textlength(text, font=font) > width - 8:
            text = text[:-1]
        top = line * 48 + (height // lines - 36) // 2 + int(random.integers(4))
        pen.text((4 + int(random.integers(4)), max(0, top)), text, font=font, fill=int(random.integers(0, 90)))
    grey = numpy.clip((numpy.asarray(picture) + random.normal(0, 3, (height, width))) / 255, 0, 1)
    return numpy.broadcast_to(grey if kind == "captcha" else 2 * grey - 1, shape)


def by_tensorflow(model, models: Path, folder: Path) -> None:
    """onnx2tf's TensorFlow path, once; it says itself where it fails."""
    out = folder / "tensorflow"
    if (out / "log").exists():
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    fixed = onnx.load(model.path(models))
    for value in fixed.graph.input:
        if value.name in model.sizes[0]:
            fix(value, model.sizes[0][value.name][0])
    onnx.save(fixed, out / "fixed.onnx")
    command = [Path(sys.executable).with_name("onnx2tf"), "-i", out / "fixed.onnx", "-o", out, "-n"]
    command += ["-tb", "tf_converter", "-odrqt", "-oiqt", "-coion"]
    calibration = numpy.load(folder / "calibration.npz")
    for name, (shape, _) in model.sizes[0].items():
        data = calibration[name]
        if len(shape) == 4:
            # onnx2tf wants pictures as TensorFlow has them, whatever the ONNX model's own order.
            data = data.transpose(0, 2, 3, 1)
            file = out / f"{len(list(out.glob('*.npy')))}.npy"
            numpy.save(file, data)
            command += ["-cind", name, file, str([[[[0.0] * data.shape[3]]]]), str([[[[1.0] * data.shape[3]]]])]
        else:
            file = out / f"{len(list(out.glob('*.npy')))}.npy"
            numpy.save(file, data)
            nested = lambda x: str(numpy.full((1,) * (len(shape) - 1) + (data.shape[-1],), x).tolist())
            command += ["-cind", name, file, nested(0.0), nested(1.0)]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    try:
        run = subprocess.run(command, cwd=out, capture_output=True, text=True, timeout=SECONDS, env=environment)
        log = run.stdout + run.stderr
    except subprocess.TimeoutExpired:
        log = f"more than {SECONDS} s"
    (out / "log").write_text(log)


def fix(value, shape: tuple) -> None:
    for dimension, length in zip(value.type.tensor_type.shape.dim, shape, strict=True):
        dimension.dim_value = length


def ours(model, models: Path, folder: Path, name: str, options: list) -> None:
    out = folder / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    command = [*shlex.split(os.environ["SLIPWAY_CONVERT"]), model.path(models), "-o", out / "model.tflite", "--json"]
    command += ["--precision", ",".join(PRECISIONS), "--calibration", folder / "calibration.npz"]
    command += [f"--shape={key}={','.join(map(str, shape))}" for key, (shape, _) in model.sizes[0].items()]
    run = subprocess.run([*command, *options], capture_output=True, text=True, timeout=SECONDS)
    (out / "log").write_text(run.stderr)
    (out / "result.json").write_text(run.stdout or "{}")


def row(model, models: Path, folder: Path, precision: str) -> bool:
    ending = f"*_{PRECISIONS[precision]}.tflite"
    # Full integer quantisation gives a file of integer borders besides.
    theirs = next((f for f in (folder / "tensorflow").glob(ending) if "_full_" not in f.name), None)
    plain, mixed = (folder / name / f"model-{precision}.tflite" for name in ("plain", "mixed"))
    results = json.loads((folder / "mixed" / "result.json").read_text() or "{}").get("results", [])
    left = next((len(r.get("keptFloat", [])) for r in results if r["precision"].lower() == precision), "")
    cosines = [cosine(model, models, folder, file) for file in (theirs, plain, mixed)]
    size = f"{mixed.stat().st_size / theirs.stat().st_size:.2f}" if theirs and mixed.exists() else ""
    shown = [f"{c:.5f}" if isinstance(c, float) else c for c in cosines]
    print(f"| {model.name} | {precision} | {' | '.join(shown)} | {left} | {size} |", flush=True)
    good = isinstance(cosines[2], float) and cosines[2] >= 0.99
    return good and (not isinstance(cosines[0], float) or cosines[2] >= cosines[0] - 1e-5)


def cosine(model, models: Path, folder: Path, file: Path | None) -> float | str:
    """Of all test samples' outputs taken as one vector: the least of any output."""
    if file is None or not file.exists():
        return "none"
    # A process of its own: a bad file can end it.
    command = [sys.executable, __file__, "--compare", model.path(models), folder / "test.npz", file]
    run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    return float(run.stdout) if run.returncode == 0 else "does not run"


def compare(source: Path, data: Path, file: Path) -> int:
    import onnxruntime
    from ai_edge_litert.interpreter import Interpreter

    samples = numpy.load(data)
    session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
    names = [v.name for v in session.get_outputs()]
    interpreter = Interpreter(model_path=str(file), num_threads=2)
    details = interpreter.get_input_details()
    sums = {}
    for i in range(len(samples[samples.files[0]])):
        inputs = {name: samples[name][i : i + 1] for name in samples.files}
        for detail, (name, value) in zip(details, paired(details, inputs)):
            value = in_order(value, tuple(detail["shape"]))
            if tuple(detail["shape"]) != value.shape:
                interpreter.resize_tensor_input(detail["index"], value.shape)
        interpreter.allocate_tensors()
        for detail, (name, value) in zip(details, paired(details, inputs)):
            interpreter.set_tensor(detail["index"], in_order(value, tuple(detail["shape"])))
        interpreter.invoke()
        outputs = interpreter.get_output_details()
        for name, expected, detail in matched(names, session.run(names, inputs), outputs):
            actual = back(interpreter.get_tensor(detail["index"]), expected.shape)
            a, b = expected.astype("f8").ravel(), actual.astype("f8").ravel()
            sums[name] = sums.get(name, 0) + numpy.array([a @ b, a @ a, b @ b])
    print(min(1.0 if s[1] == s[2] == 0 else s[0] / max(numpy.sqrt(s[1] * s[2]), 1e-300) for s in sums.values()))
    return 0


def paired(details, inputs: dict) -> list:
    if len(inputs) == 1:
        return list(inputs.items())
    return [next(p for p in inputs.items() if p[0].split(":")[0] in d["name"]) for d in details]


def in_order(value, shape: tuple):
    """With the axes moved as TensorFlow has those of pictures, where the file wants them so."""
    if value.ndim != 4 or value.shape == shape:
        return value
    return numpy.ascontiguousarray(value.transpose(0, 2, 3, 1))


def matched(names: list, values: list, details: list) -> list:
    """The outputs by name or, since onnx2tf may rename them, by their place."""
    by_name = {d["name"]: d for d in details}
    if all(n in by_name for n in names):
        return [(n, v, by_name[n]) for n, v in zip(names, values)]
    left = list(details)
    found = []
    for name, value in zip(names, values):
        fitting = [d for d in left if sorted(d["shape"]) == sorted(value.shape)]
        detail = fitting[0] if fitting else left[0]
        left.remove(detail)
        found.append((name, value, detail))
    return found


def back(value, shape: tuple):
    if value.shape == shape:
        return value
    if value.ndim == 4:
        return value.transpose(0, 3, 1, 2)
    return value.transpose(0, 2, 1) if value.ndim == 3 else value.reshape(shape)


if __name__ == "__main__":
    sys.exit(main())
