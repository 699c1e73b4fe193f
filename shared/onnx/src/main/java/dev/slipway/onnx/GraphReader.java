package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads graphs, inlining calls of local functions. */
final class GraphReader {
    private final TensorReader tensors;
    private final SparseReader sparse;
    private final Functions functions;
    private int inlinedNodes;

    GraphReader(TensorReader tensors, Functions functions) {
        this.tensors = tensors;
        this.sparse = new SparseReader(tensors);
        this.functions = functions;
    }

    OnnxGraph graph(GraphProto proto, Scope scope) {
        List<OnnxTensor> initializers = new ArrayList<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            initializers.add(named(tensors.read(tensor), scope));
        }
        for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
            initializers.add(named(sparse.read(tensor), scope));
        }
        return new OnnxGraph(
                proto.getName(),
                NodeOrder.sorted(nodes(proto.getNodeList(), scope)),
                initializers,
                proto.getInputList().stream()
                        .map(value -> ValueReader.read(value, scope))
                        .toList(),
                proto.getOutputList().stream()
                        .map(value -> ValueReader.read(value, scope))
                        .toList(),
                proto.getValueInfoList().stream()
                        .map(value -> ValueReader.read(value, scope))
                        .toList());
    }

    private List<OnnxNode> nodes(List<NodeProto> protos, Scope scope) {
        List<OnnxNode> nodes = new ArrayList<>();
        for (NodeProto proto : protos) {
            if (scope.isFunction()) {
                inlinedNodes++;
                Functions.checkSize(inlinedNodes);
            }
            OnnxNode node = node(proto, scope);
            Optional<FunctionCall> call = functions.call(FunctionKey.of(proto), node, scope);
            if (call.isPresent()) {
                nodes.addAll(inlined(call.get()));
            } else {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private List<OnnxNode> inlined(FunctionCall call) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (AttributeProto parameter : call.function().getAttributeProtoList()) {
            attribute(parameter, Scope.model()).ifPresent(value -> attributes.put(parameter.getName(), value));
        }
        attributes.putAll(call.node().attributes());
        List<OnnxNode> nodes = new ArrayList<>(call.copies());
        nodes.addAll(0, nodes(call.function().getNodeList(), call.scope(attributes)));
        return nodes;
    }

    private OnnxNode node(NodeProto proto, Scope scope) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            // Whatever stores a constant sparsely, it is dense from here on.
            boolean constant = attribute.hasSparseTensor() && proto.getOpType().equals("Constant");
            if (constant) {
                attributes.put("value", new AttributeValue.TensorValue(sparse.read(attribute.getSparseTensor())));
            } else {
                attribute(attribute, scope).ifPresent(value -> attributes.put(attribute.getName(), value));
            }
        }
        return new OnnxNode(
                proto.getName().isEmpty() ? "" : scope.prefix() + proto.getName(),
                proto.getDomain(),
                proto.getOpType(),
                proto.getInputList().stream().map(scope::value).toList(),
                proto.getOutputList().stream().map(scope::value).toList(),
                attributes);
    }

    private Optional<AttributeValue> attribute(AttributeProto proto, Scope scope) {
        if (!proto.getRefAttrName().isEmpty()) {
            if (!scope.isFunction()) {
                throw OnnxReader.malformed(
                        "attribute '" + Names.shown(proto.getName())
                                + "' refers to a function's parameter, but is in no function",
                        null);
            }
            return scope.attribute(proto.getRefAttrName());
        }
        return Optional.of(
                switch (AttributeTypes.of(proto)) {
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
                    case TENSORS ->
                        new AttributeValue.Tensors(proto.getTensorsList().stream()
                                .map(tensors::read)
                                .toList());
                    case GRAPH -> new AttributeValue.GraphValue(graph(proto.getG(), scope));
                    case GRAPHS ->
                        new AttributeValue.Graphs(proto.getGraphsList().stream()
                                .map(body -> graph(body, scope))
                                .toList());
                    case TYPE_PROTO ->
                        new AttributeValue.TypeValue(
                                proto.getTp().toByteString().asReadOnlyByteBuffer());
                    case UNDEFINED ->
                        throw OnnxReader.malformed(
                                "attribute '" + Names.shown(proto.getName()) + "' has no type", null);
                    case SPARSE_TENSOR, SPARSE_TENSORS, TYPE_PROTOS ->
                        throw ProtoReader.unsupported("an attribute of type " + proto.getType() + " ('"
                                + Names.shown(proto.getName()) + "')");
                });
    }

    private static OnnxTensor named(OnnxTensor tensor, Scope scope) {
        return tensor.withName(scope.value(tensor.name()));
    }
}
