"""The ONNX project's backend tests as folders: model.onnx, input_*.npy, output_*.npy and case.json."""

import json
import shutil
from pathlib import Path

import numpy
import onnx
from onnx import AttributeProto, ModelProto, TensorProto, numpy_helper
from onnx.backend.test.loader import load_model_tests

FOLDERS = ("pytorch-converted", "pytorch-operator", "simple")
RANDOM = {"RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial"}
STRINGS = {"StringNormalizer", "RegexFullMatch", "StringConcat", "StringSplit"}
SEQUENCES = {
    "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert", "SequenceLength", "SequenceMap",
    "SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement", "OptionalHasElement",
}  # fmt: skip
TYPES = {
    TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE, TensorProto.BOOL, TensorProto.INT8, TensorProto.UINT8,
    TensorProto.INT16, TensorProto.UINT16, TensorProto.INT32, TensorProto.UINT32, TensorProto.INT64, TensorProto.UINT64,
}  # fmt: skip


def write_cases(target: Path) -> None:
    """Writes every test that TFLite has types for, and each with several inputs again with all but the first frozen."""
    if (target / "complete").exists():
        return
    shutil.rmtree(target, ignore_errors=True)
    tests = Path(onnx.__file__).parent / "backend" / "test" / "data"
    for folder in FOLDERS:
        for path in sorted((tests / folder).glob("*/model.onnx")):
            model = onnx.load(path)
            if in_scope(model, path.parent.name):
                data = path.parent / "test_data_set_0"
                write_forms(target, path.parent.name, "extra", model, tensors(data, "input"), tensors(data, "output"))
    # Since version 1.23 the package computes these instead of shipping them.
    for test in sorted(load_model_tests(kind="node"), key=lambda test: test.name):
        if in_scope(test.model, test.name):
            inputs, outputs = ([numpy.asarray(array(value)) for value in values] for values in test.data_sets[0])
            write_forms(target, test.name, "node", test.model, inputs, outputs)
    (target / "complete").touch()


def tensors(data: Path, kind: str) -> list:
    return [array(onnx.load_tensor(data / f"{kind}_{i}.pb")) for i in range(len(list(data.glob(f"{kind}_*.pb"))))]


def array(value) -> numpy.ndarray:
    return numpy_helper.to_array(value) if isinstance(value, TensorProto) else value


def in_scope(model: ModelProto, name: str) -> bool:
    nodes = list(all_nodes(model.graph))
    operators = {node.op_type for node in nodes}
    domains = {node.domain for node in nodes} | {function.domain for function in model.functions}
    values = [*model.graph.input, *model.graph.output]
    casts = {a.i for node in nodes if node.op_type == "Cast" for a in node.attribute if a.name == "to"}
    types = {value.type.tensor_type.elem_type for value in values}
    return (
        domains <= {"", "ai.onnx"}
        and all(value.type.HasField("tensor_type") for value in values)
        and types | casts <= TYPES
        and not operators & (RANDOM | STRINGS | SEQUENCES)
        and "training_dropout" not in name
    )


def all_nodes(graph):
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.type == AttributeProto.GRAPH:
                yield from all_nodes(attribute.g)


def write_forms(target: Path, test: str, suite: str, model: ModelProto, inputs: list, outputs: list) -> None:
    initialized = {initializer.name for initializer in model.graph.initializer}
    names = [value.name for value in model.graph.input if value.name not in initialized]
    if len(names) != len(inputs):
        names = [value.name for value in model.graph.input][: len(inputs)]
    write(target / test, suite, model, names, inputs, outputs)
    if suite == "node" and len(names) >= 2:
        frozen = {name: value for name, value in zip(names, inputs) if name != names[0]}
        write(target / f"{test}__const", "nodec", freeze(model, frozen), names[:1], inputs[:1], outputs)


def freeze(model: ModelProto, frozen: dict) -> ModelProto:
    copy = ModelProto()
    copy.CopyFrom(model)
    del copy.graph.input[:]
    copy.graph.input.extend(value for value in model.graph.input if value.name not in frozen)
    copy.graph.initializer.extend(numpy_helper.from_array(numpy.asarray(value), name) for name, value in frozen.items())
    return copy


def write(case: Path, suite: str, model: ModelProto, names: list, inputs: list, outputs: list) -> None:
    case.mkdir(parents=True)
    onnx.save(model, case / "model.onnx")
    for i, value in enumerate(inputs):
        numpy.save(case / f"input_{i}.npy", value)
    for i, value in enumerate(outputs):
        numpy.save(case / f"output_{i}.npy", value)
    operators = sorted({node.op_type for node in all_nodes(model.graph)})
    case_facts = {
        "suite": suite,
        "operators": operators,
        "inputs": names,
        "outputs": [value.name for value in model.graph.output],
    }
    (case / "case.json").write_text(json.dumps(case_facts))
