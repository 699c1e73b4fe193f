package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.slipway.kernel.SlipwayException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the protobuf messages into the intermediate representation. */
final class ProtoReader {
    private final TensorReader tensors = new TensorReader();

    OnnxModel model(ModelProto proto) {
        refuse(proto.getFunctionsCount() > 0, "local functions; export it with functions inlined");
        refuse(proto.getTrainingInfoCount() > 0, "training information; export it for inference");
        Map<String, Long> opsets = new HashMap<>();
        proto.getOpsetImportList()
                .forEach(set -> opsets.put(set.getDomain().equals("ai.onnx") ? "" : set.getDomain(), set.getVersion()));
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        OnnxGraph graph = graph(proto.getGraph());
        GraphNames.check(graph);
        return new OnnxModel(
                proto.getIrVersion(),
                opsets,
                proto.getProducerName(),
                proto.getProducerVersion(),
                proto.getDocString(),
                graph,
                metadata);
    }

    private OnnxGraph graph(GraphProto proto) {
        refuse(proto.getSparseInitializerCount() > 0, "sparse initializers; export it with dense weights");
        return new OnnxGraph(
                proto.getName(),
                proto.getNodeList().stream().map(this::node).toList(),
                proto.getInitializerList().stream().map(tensors::read).toList(),
                proto.getInputList().stream().map(ProtoReader::value).toList(),
                proto.getOutputList().stream().map(ProtoReader::value).toList(),
                proto.getValueInfoList().stream().map(ProtoReader::value).toList());
    }

    private OnnxNode node(NodeProto proto) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            attributes.put(attribute.getName(), attribute(attribute));
        }
        return new OnnxNode(
                proto.getName(),
                proto.getDomain(),
                proto.getOpType(),
                proto.getInputList(),
                proto.getOutputList(),
                attributes);
    }

    private AttributeValue attribute(AttributeProto proto) {
        return switch (proto.getType()) {
            case INT -> new AttributeValue.IntegerValue(proto.getI());
            case FLOAT -> new AttributeValue.NumberValue(proto.getF());
            case STRING -> new AttributeValue.Text(proto.getS().toStringUtf8());
            case INTS -> new AttributeValue.Integers(proto.getIntsList());
            case FLOATS -> new AttributeValue.Numbers(proto.getFloatsList());
            case STRINGS ->
                new AttributeValue.Texts(proto.getStringsList().stream()
                        .map(ByteString::toStringUtf8)
                        .toList());
            case TENSOR -> new AttributeValue.TensorValue(tensors.read(proto.getT()));
            case GRAPH -> new AttributeValue.GraphValue(graph(proto.getG()));
            case UNDEFINED -> throw OnnxReader.malformed("attribute '" + proto.getName() + "' has no type", null);
            case GRAPHS, SPARSE_TENSOR, SPARSE_TENSORS, TENSORS, TYPE_PROTO, TYPE_PROTOS ->
                throw unsupported("an attribute of type " + proto.getType() + " ('" + proto.getName() + "')");
        };
    }

    private static OnnxValue value(ValueInfoProto proto) {
        TypeProto type = proto.getType();
        if (!proto.hasType() || type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET) {
            return OnnxValue.undeclared(proto.getName());
        }
        if (!type.hasTensorType()) {
            return new OnnxValue(
                    proto.getName(), new ValueType.Other(type.toByteString().asReadOnlyByteBuffer()));
        }
        Optional<List<Dimension>> shape = type.getTensorType().hasShape()
                ? Optional.of(type.getTensorType().getShape().getDimList().stream()
                        .map(ProtoReader::dimension)
                        .toList())
                : Optional.empty();
        return new OnnxValue(
                proto.getName(),
                new ValueType.Dense(ElementType.ofCode(type.getTensorType().getElemType()), shape));
    }

    private static Dimension dimension(TensorShapeProto.Dimension proto) {
        return switch (proto.getValueCase()) {
            case DIM_VALUE -> new Dimension.Fixed(proto.getDimValue());
            case DIM_PARAM ->
                proto.getDimParam().isEmpty() ? new Dimension.Unknown() : new Dimension.Symbolic(proto.getDimParam());
            case VALUE_NOT_SET -> new Dimension.Unknown();
        };
    }

    private static void refuse(boolean present, String what) {
        if (present) {
            throw unsupported(what);
        }
    }

    private static SlipwayException unsupported(String what) {
        return SlipwayException.unsupported("onnx.unsupported", "The ONNX file uses " + what + ", which is not read.");
    }
}
