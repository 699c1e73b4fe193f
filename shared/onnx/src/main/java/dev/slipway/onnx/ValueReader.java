package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Optional;

/** Reads what a model declares about values. */
final class ValueReader {
    private ValueReader() {}

    static OnnxValue read(ValueInfoProto proto, Scope scope) {
        return new OnnxValue(scope.value(proto.getName()), type(proto));
    }

    private static ValueType type(ValueInfoProto proto) {
        TypeProto type = proto.getType();
        if (!proto.hasType() || type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET) {
            return new ValueType.Undeclared();
        }
        Optional<ElementType> element =
                type.hasTensorType() ? ElementType.find(type.getTensorType().getElemType()) : Optional.empty();
        if (element.isEmpty()) {
            // An element type that is newer than this library must not make the whole model unreadable.
            return new ValueType.Other(type.toByteString().asReadOnlyByteBuffer());
        }
        TypeProto.Tensor tensor = type.getTensorType();
        return new ValueType.Dense(
                element.get(),
                tensor.hasShape()
                        ? Optional.of(tensor.getShape().getDimList().stream()
                                .map(ValueReader::dimension)
                                .toList())
                        : Optional.empty());
    }

    private static Dimension dimension(TensorShapeProto.Dimension proto) {
        return switch (proto.getValueCase()) {
            case DIM_VALUE -> length(proto.getDimValue());
            case DIM_PARAM ->
                proto.getDimParam().isEmpty() ? new Dimension.Unknown() : new Dimension.Symbolic(proto.getDimParam());
            case VALUE_NOT_SET -> new Dimension.Unknown();
        };
    }

    /** Some exporters write -1 for a length that they leave open. */
    private static Dimension length(long value) {
        return value < 0 ? new Dimension.Unknown() : new Dimension.Fixed(value);
    }
}
