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
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns the intermediate representation into protobuf messages. */
final class ProtoWriter {
    private final Function<OnnxTensor, Optional<ExternalReference>> external;

    /** Weights of the model's own graph for which the function has a place are left out. */
    ProtoWriter(Function<OnnxTensor, Optional<ExternalReference>> external) {
        this.external = external;
    }

    ModelProto model(OnnxModel model) {
        GraphProto.Builder graph = graph(model.graph());
        model.graph()
                .initializers()
                .forEach(tensor -> graph.addInitializer(external.apply(tensor)
                        .map(place -> elsewhere(tensor, place))
                        .orElseGet(() -> tensor(tensor))));
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(model.irVersion())
                .setProducerName(model.producer())
                .setProducerVersion(model.producerVersion())
                .setDocString(model.description())
                .setGraph(graph);
        new TreeMap<>(model.opsets())
                .forEach((domain, version) -> proto.addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        new TreeMap<>(model.metadata()).forEach((key, value) -> proto.addMetadataProps(entry(key, value)));
        return proto.build();
    }

    private static GraphProto.Builder graph(OnnxGraph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.inputs().forEach(value -> proto.addInput(value(value)));
        graph.outputs().forEach(value -> proto.addOutput(value(value)));
        graph.values().forEach(value -> proto.addValueInfo(value(value)));
        return proto;
    }

    private static GraphProto body(OnnxGraph graph) {
        GraphProto.Builder proto = graph(graph);
        graph.initializers().forEach(tensor -> proto.addInitializer(tensor(tensor)));
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
        } else if (value instanceof AttributeValue.Tensors several) {
            proto.setType(AttributeType.TENSORS);
            several.values().forEach(tensor -> proto.addTensors(tensor(tensor)));
        } else if (value instanceof AttributeValue.GraphValue body) {
            proto.setType(AttributeType.GRAPH).setG(body(body.value()));
        } else if (value instanceof AttributeValue.Graphs bodies) {
            proto.setType(AttributeType.GRAPHS);
            bodies.values().forEach(body -> proto.addGraphs(body(body)));
        } else if (value instanceof AttributeValue.TypeValue type) {
            proto.setType(AttributeType.TYPE_PROTO).setTp(type("attribute '" + Names.shown(name) + "'", type.type()));
        }
        return proto.build();
    }

    private static TensorProto tensor(OnnxTensor tensor) {
        TensorProto.Builder proto = declared(tensor);
        if (tensor.type() == ElementType.STRING) {
            tensor.texts().forEach(text -> proto.addStringData(ByteString.copyFromUtf8(text)));
        } else {
            // The tensor is immutable, so its bytes need no copy.
            proto.setRawData(UnsafeByteOperations.unsafeWrap(tensor.data()));
        }
        return proto.build();
    }

    private static TensorProto elsewhere(OnnxTensor tensor, ExternalReference place) {
        return declared(tensor)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", place.location()))
                .addExternalData(entry("offset", Long.toString(place.offset())))
                .addExternalData(entry("length", Long.toString(place.length())))
                .build();
    }

    private static TensorProto.Builder declared(OnnxTensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(tensor.type().code());
        tensor.shape().forEach(proto::addDims);
        return proto;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
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
            proto.setType(type("value '" + Names.shown(value.name()) + "'", other.type()));
        }
        return proto.build();
    }

    private static TypeProto type(String where, ByteBuffer bytes) {
        try {
            return TypeProto.parseFrom(bytes.duplicate());
        } catch (InvalidProtocolBufferException e) {
            throw OnnxReader.malformed(where + " has a damaged type", e);
        }
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
