"""Runs a converted case in LiteRT and compares its outputs. A process of its own, since a bad file can end it.

Reads lines of `CASE-FOLDER<tab>FILE`, answers each with a line of JSON: [status, detail].
"""

import json
import os
import sys
from pathlib import Path

import numpy
import onnxruntime
from ai_edge_litert.interpreter import Interpreter

RELATIVE, ABSOLUTE, ABSOLUTE_HALF = 1e-3, 1e-4, 1e-3


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the runtime prints is not an answer
    for line in sys.stdin:
        case, file = line.rstrip("\n").split("\t")
        try:
            answer = check(Path(case), file)
        except Exception as e:
            answer = ["does not run", f"{type(e).__name__}: {e}"]
        print(json.dumps(answer), file=answers, flush=True)


def check(case: Path, file: str) -> list:
    facts = json.loads((case / "case.json").read_text())
    interpreter = Interpreter(model_path=file, num_threads=1)
    inputs = {detail["name"]: detail for detail in interpreter.get_input_details()}
    values = {name: numpy.load(case / f"input_{i}.npy") for i, name in enumerate(facts["inputs"])}
    if set(inputs) - set(values):
        return ["wrong answer", f"inputs {sorted(inputs)}, not {facts['inputs']}"]
    for name, detail in inputs.items():
        if list(detail["shape"]) != list(values[name].shape):
            interpreter.resize_tensor_input(detail["index"], list(values[name].shape))
    interpreter.allocate_tensors()
    for name, detail in inputs.items():
        value = values[name].astype(detail["dtype"])
        interpreter.set_tensor(detail["index"], numpy.ascontiguousarray(value) if value.ndim else value)
    interpreter.invoke()
    outputs = {detail["name"]: contents(interpreter, detail) for detail in interpreter.get_output_details()}
    expected = {name: numpy.load(case / f"output_{i}.npy") for i, name in enumerate(facts["outputs"])}
    difference = differing(outputs, expected)
    if not difference:
        return ["pass", ""]
    agrees = not differing(outputs, answers_of_onnxruntime(case, values, facts["outputs"]))
    return ["as ONNX Runtime" if agrees else "wrong answer", difference]


def contents(interpreter: Interpreter, detail: dict) -> numpy.ndarray:
    # The interpreter's Python binding can't hand over tensors without elements.
    if 0 in detail["shape"]:
        return numpy.zeros(detail["shape"], detail["dtype"])
    return numpy.asarray(interpreter.get_tensor(detail["index"]))


def differing(actual: dict, expected: dict) -> str:
    """What differs first, or nothing."""
    for name, value in expected.items():
        if name not in actual:
            return f"no output {name} among {sorted(actual)}"
        if not same(actual[name], value):
            return f"{name}: {describe(actual[name])}, not {describe(value)}"
    return ""


def answers_of_onnxruntime(case: Path, values: dict, outputs: list) -> dict:
    """ONNX Runtime departs from the operators' definitions in places; a conversion keeps to ONNX Runtime."""
    try:
        session = onnxruntime.InferenceSession(case / "model.onnx", providers=["CPUExecutionProvider"])
        return dict(zip(outputs, session.run(outputs, values)))
    except Exception as e:
        return {f"ONNX Runtime: {e}": numpy.zeros(0)}


def same(actual: numpy.ndarray, expected: numpy.ndarray) -> bool:
    if actual.size == 1 and expected.size == 1 and {actual.shape, expected.shape} == {(), (1,)}:
        actual = actual.reshape(expected.shape)
    if actual.shape != expected.shape or (actual.dtype.kind == "f") != (expected.dtype.kind == "f"):
        return False
    if expected.dtype.kind == "f":
        absolute = ABSOLUTE_HALF if expected.dtype == numpy.float16 else ABSOLUTE
        with numpy.errstate(all="ignore"):
            return bool(numpy.allclose(*(v.astype(numpy.float64) for v in (actual, expected)), RELATIVE, absolute, equal_nan=True))
    kinds_match = (actual.dtype == numpy.bool_) == (expected.dtype == numpy.bool_)
    return kinds_match and bool(numpy.array_equal(actual.astype(object), expected.astype(object)))


def describe(value: numpy.ndarray) -> str:
    return f"{value.dtype}{list(value.shape)} {value.ravel()[:4].tolist()}"


if __name__ == "__main__":
    main()
