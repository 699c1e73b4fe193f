package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.TreeMap;

/** Writes models as ONNX files; equal models become equal bytes. */
public final class OnnxWriter {
    private OnnxWriter() {}

    public static byte[] write(OnnxModel model) {
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(model.irVersion())
                .setProducerName(model.producer())
                .setProducerVersion(model.producerVersion())
                .setDocString(model.description())
                .setGraph(graph(model.graph()));
        new TreeMap<>(model.opsets())
                .forEach((domain, version) -> proto.addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        new TreeMap<>(model.metadata())
                .forEach((key, value) -> proto.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return proto.build().toByteArray();
    }

    private static GraphProto graph(OnnxGraph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.initializers().forEach(tensor -> proto.addInitializer(tensor(tensor)));
        graph.inputs().forEach(value -> proto.addInput(value(value)));
        graph.outputs().forEach(value -> proto.addOutput(value(value)));
        graph.values().forEach(value -> proto.addValueInfo(value(value)));
        return proto.build();
    }

    private static NodeProto node(OnnxNode node) {
        NodeProto.Builder proto = NodeProto.newBuilder()
                .setName(node.name())
                .setDomain(node.domain())
                .setOpType(node.operator())
                .addAllInput(node.inputs())
                .addAllOutput(node.outputs());
        node.sortedAttributes().forEach((name, value) -> proto.addAttribute(attribute(name, value)));
        return proto.build();
    }

    private static AttributeProto attribute(String name, AttributeValue value) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof AttributeValue.IntegerValue integer) {
            proto.setType(AttributeType.INT).setI(integer.value());
        } else if (value instanceof AttributeValue.NumberValue number) {
            proto.setType(AttributeType.FLOAT).setF(number.value());
        } else if (value instanceof AttributeValue.Text text) {
            proto.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text.value()));
        } else if (value instanceof AttributeValue.Integers integers) {
            proto.setType(AttributeType.INTS).addAllInts(integers.values());
        } else if (value instanceof AttributeValue.Numbers numbers) {
            proto.setType(AttributeType.FLOATS).addAllFloats(numbers.values());
        } else if (value instanceof AttributeValue.Texts texts) {
            proto.setType(AttributeType.STRINGS);
            texts.values().forEach(text -> proto.addStrings(ByteString.copyFromUtf8(text)));
        } else if (value instanceof AttributeValue.TensorValue tensor) {
            proto.setType(AttributeType.TENSOR).setT(tensor(tensor.value()));
        } else if (value instanceof AttributeValue.GraphValue body) {
            proto.setType(AttributeType.GRAPH).setG(graph(body.value()));
        }
        return proto.build();
    }

    private static TensorProto tensor(OnnxTensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(tensor.type().code())
                // The tensor is immutable, so its bytes need no copy.
                .setRawData(UnsafeByteOperations.unsafeWrap(tensor.data()));
        tensor.shape().forEach(proto::addDims);
        return proto.build();
    }

    private static ValueInfoProto value(OnnxValue value) {
        ValueInfoProto.Builder proto = ValueInfoProto.newBuilder().setName(value.name());
        if (value.type() instanceof ValueType.Dense dense) {
            TypeProto.Tensor.Builder type =
                    TypeProto.Tensor.newBuilder().setElemType(dense.element().code());
            dense.shape().ifPresent(shape -> {
                TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
                shape.forEach(length -> dimensions.addDim(dimension(length)));
                type.setShape(dimensions);
            });
            proto.setType(TypeProto.newBuilder().setTensorType(type));
        } else if (value.type() instanceof ValueType.Other other) {
            try {
                proto.setType(TypeProto.parseFrom(other.type().duplicate()));
            } catch (InvalidProtocolBufferException e) {
                throw OnnxReader.malformed("value '" + value.name() + "' has a damaged type", e);
            }
        }
        return proto.build();
    }

    private static TensorShapeProto.Dimension dimension(Dimension dimension) {
        TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
        if (dimension instanceof Dimension.Fixed fixed) {
            proto.setDimValue(fixed.length());
        } else if (dimension instanceof Dimension.Symbolic symbolic) {
            proto.setDimParam(symbolic.name());
        }
        return proto.build();
    }
}
