"""Compiles an ONNX model with TVM and compares the result with ONNX Runtime on labelled samples.

compile MODEL LIBRARY
verify MODEL LIBRARY SAMPLES LABELS TOLERANCE REPORT
"""
import json
import sys

import numpy
import onnx
import tvm
from tvm import relax


def only_input(model):
    weights = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    if len(inputs) != 1 or len(model.graph.output) != 1:
        sys.exit("slipway: TVM files are made of models with one input and one output")
    shape = [axis.dim_value if axis.HasField("dim_value") else 1 for axis in inputs[0].type.tensor_type.shape.dim]
    return inputs[0].name, shape


def compile_model(model_path, library_path):
    from tvm.relax.frontend.onnx import from_onnx

    model = onnx.load(model_path)
    name, shape = only_input(model)
    module = from_onnx(model, shape_dict={name: shape})
    module = relax.transform.DecomposeOpsForInference()(module)
    module = relax.transform.LegalizeOps()(module)
    tvm.compile(module, target=tvm.target.Target("llvm")).export_library(library_path)


def verify(model_path, library_path, samples_path, labels_path, tolerance, report_path):
    import onnxruntime

    name, shape = only_input(onnx.load(model_path))
    machine = relax.VirtualMachine(tvm.runtime.load_module(library_path), tvm.cpu())
    session = onnxruntime.InferenceSession(model_path, providers=["CPUExecutionProvider"])
    samples = numpy.load(samples_path)
    labels = numpy.load(labels_path)
    batch = shape[0]
    if batch < 1 or len(samples) % batch:
        sys.exit(f"slipway: batches of {batch} do not divide the {len(samples)} samples of the test split")
    expected, actual = [], []
    for start in range(0, len(samples), batch):
        given = numpy.ascontiguousarray(samples[start : start + batch])
        expected.append(session.run(None, {name: given})[0])
        result = machine["main"](tvm.runtime.tensor(given))
        actual.append((result if isinstance(result, tvm.runtime.Tensor) else result[0]).numpy())
    expected = numpy.concatenate(expected).astype("float64")
    actual = numpy.concatenate(actual).astype("float64")
    if expected.shape != actual.shape or expected.ndim != 2:
        sys.exit(f"slipway: the file answers with shape {actual.shape}, the ONNX model with {expected.shape}")
    errors = numpy.abs(expected - actual)
    errors[(expected == actual) | (numpy.isnan(expected) & numpy.isnan(actual))] = 0
    errors[~numpy.isfinite(errors)] = numpy.finfo("float32").max
    energy = numpy.sqrt((expected**2).sum() * (actual**2).sum())
    cosine = float((expected * actual).sum() / energy) if energy > 0 else 1.0
    best, best_source = actual.argmax(1), expected.argmax(1)
    report = {
        "samples": len(samples),
        "maxAbsoluteError": float(errors.max()),
        "meanAbsoluteError": float(errors.mean()),
        "agreement": float((best == best_source).mean()),
        "accuracy": float((best == labels).mean()),
        "sourceAccuracy": float((best_source == labels).mean()),
        "tolerance": float(tolerance),
        "cosine": cosine if numpy.isfinite(cosine) else 0.0,
        "passed": bool(errors.max() <= float(tolerance)),
    }
    with open(report_path, "w") as file:
        json.dump(report, file)


if __name__ == "__main__":
    {"compile": compile_model, "verify": verify}[sys.argv[1]](*sys.argv[2:])
