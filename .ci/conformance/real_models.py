"""Converts trained models, as they are and with fixed shapes, and compares LiteRT's outputs with ONNX Runtime's."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy
import onnx
import onnxruntime

from conformance import convert
from models import download, read_list

TOLERANCE = 1e-4  # of the largest magnitude of an output
# Where ranges are found at run time, the last bit of a float may decide a whole step of 8 bits (decision 19).
ROUNDED_AT_RUN_TIME = {"DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM"}
LEAST_COSINE = 0.999
SECONDS = 3600


def main() -> int:
    if sys.argv[1] == "--compare":
        return compare(*sys.argv[2:6])
    work = Path(sys.argv[1])
    wanted = re.compile(sys.argv[2] if len(sys.argv) > 2 else "")
    models = [model for model in read_list() if wanted.search(model.name)]
    download(models, work / "models")
    cases, out = work / "model-cases", work / "model-results"
    for folder in (cases, out):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    forms = {}  # name of a case: the model and the numbers of the sizes to run it at
    for model in models:
        forms.update(write_forms(model, model.path(work / "models"), cases))
    start = time.monotonic()
    convert(sorted(cases.iterdir()), out, work / "model-batch")
    print(f"{len(forms)} conversions of {len(models)} models in {time.monotonic() - start:.0f} s")
    failed = [case for case, (model, sizes) in forms.items() if not passes(case, model, sizes, cases, out)]
    print(f"{len(forms) - len(failed)} of {len(forms)} are right")
    return 1 if failed else 0


def write_forms(model, path: Path, cases: Path) -> dict:
    source = onnx.load(path)
    forms = {}
    if is_open(source):
        forms[f"{model.name}.open"] = (model, list(range(len(model.sizes))))
        sample = model.inputs(path, model.sizes[0]) if model.needs_sample else {}
        write(cases / f"{model.name}.open", source, sample)
    for i, size in enumerate(model.sizes):
        fixed = onnx.ModelProto()
        fixed.CopyFrom(source)
        for value in fixed.graph.input:
            if value.name in size:
                fix(value, size[value.name][0])
        name = f"{model.name}.fixed-{'x'.join(str(n) for n in next(iter(size.values()))[0])}"
        forms[name] = (model, [i])
        write(cases / name, fixed, model.inputs(path, size))
    return forms


def is_open(model) -> bool:
    initialized = {t.name for t in model.graph.initializer}
    inputs = (v for v in model.graph.input if v.name not in initialized)
    return any(d.dim_value < 1 for v in inputs for d in v.type.tensor_type.shape.dim)


def fix(value, shape: tuple) -> None:
    for dimension, length in zip(value.type.tensor_type.shape.dim, shape, strict=True):
        dimension.dim_value = length


def write(case: Path, model, inputs: dict) -> None:
    case.mkdir()
    onnx.save(model, case / "model.onnx")
    for i, name in enumerate(v.name for v in model.graph.input if v.name in inputs):
        numpy.save(case / f"input_{i}.npy", inputs[name])


def passes(case: str, model, sizes: list, cases: Path, out: Path) -> bool:
    refusal = out / f"{case}.err"
    file = out / f"{case}.tflite"
    if not file.exists():
        print(f"REFUSED {case}: {refusal.read_text().strip() if refusal.exists() else 'no result'}")
        return False
    right = True
    for i in sizes:
        # A process of its own: a bad file can end it.
        command = [sys.executable, __file__, "--compare", model.name, str(i), str(cases / case / "model.onnx"), str(file)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        last = run.stderr.strip().splitlines()[-1:] or ["no answer"]
        answer = json.loads(run.stdout) if run.returncode == 0 else {"error": last[0]}
        good = answer.get("difference", 1) <= TOLERANCE or (answer.get("rounded", 0) > 1 and answer.get("cosine", 0) >= LEAST_COSINE)
        shapes = " ".join("x".join(str(n) for n in shape) for shape, _ in model.sizes[i].values() if shape)
        said = f"differs by {answer['difference']:.1e} of {answer['magnitude']:.1e}, cosine {answer['cosine']:.5f}" if "difference" in answer else f"fails: {answer['error']}"
        print(f"{'ok' if good else 'WRONG'} {case} at {shapes} {said}, {file.stat().st_size / 1e6:.1f} MB, {answer.get('operators', '')}")
        right &= good
    return right


def compare(name: str, size: str, source: str, file: str) -> int:
    from ai_edge_litert.interpreter import Interpreter

    model = next(m for m in read_list() if m.name == name)
    inputs = model.inputs(Path(source), model.sizes[int(size)])
    session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
    names = [v.name for v in session.get_outputs()]
    expected = dict(zip(names, session.run(names, inputs)))
    interpreter = Interpreter(model_path=file, num_threads=1)
    for detail in interpreter.get_input_details():
        if tuple(detail["shape"]) != inputs[detail["name"]].shape:
            interpreter.resize_tensor_input(detail["index"], inputs[detail["name"]].shape)
    interpreter.allocate_tensors()
    for detail in interpreter.get_input_details():
        interpreter.set_tensor(detail["index"], inputs[detail["name"]])
    interpreter.invoke()
    worst, least, cosine = 0.0, float("inf"), 1.0
    for detail in interpreter.get_output_details():
        actual, wanted = interpreter.get_tensor(detail["index"]), expected.pop(detail["name"])
        if actual.shape != wanted.shape:
            raise ValueError(f"{detail['name']} has the shape {actual.shape}, not {wanted.shape}")
        scale = max(float(numpy.abs(wanted).max(initial=0)), 1e-30)
        least = min(least, scale)
        cosine = min(cosine, alike(actual.astype("f8").ravel(), wanted.astype("f8").ravel()))
        worst = max(worst, float(numpy.abs(actual.astype("f8") - wanted.astype("f8")).max(initial=0)) / scale)
    if expected:
        raise ValueError(f"no outputs {sorted(expected)}")
    operators = Counter(o["op_name"] for o in interpreter._get_ops_details() if o["op_name"] != "DELEGATE")
    rounded = sum(node.op_type in ROUNDED_AT_RUN_TIME for node in onnx.load(source).graph.node)
    print(json.dumps({"difference": worst, "magnitude": least, "cosine": cosine, "rounded": rounded, "operators": " ".join(f"{k}:{v}" for k, v in operators.most_common())}))
    return 0


def alike(one, other) -> float:
    """The cosine of the angle between two vectors; 1 if both are all but nothing."""
    lengths = float(numpy.linalg.norm(one) * numpy.linalg.norm(other))
    return float(one @ other) / lengths if lengths > 1e-30 else 1.0


if __name__ == "__main__":
    sys.exit(main())
