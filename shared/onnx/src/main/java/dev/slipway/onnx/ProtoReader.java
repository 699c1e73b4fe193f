package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.slipway.kernel.SlipwayException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the protobuf messages into the intermediate representation. */
final class ProtoReader {
    /** Up to IR 2 a model need not name its operator sets; it then means the first. */
    private static final Map<String, Long> FIRST_OPSET = Map.of("", 1L);

    private final TensorReader tensors;

    ProtoReader(TensorReader tensors) {
        this.tensors = tensors;
    }

    OnnxModel model(ModelProto proto) {
        if (proto.getTrainingInfoCount() > 0) {
            throw unsupported("training information; export it for inference");
        }
        Functions functions = Functions.of(proto);
        OnnxGraph graph = new GraphReader(tensors, functions).graph(proto.getGraph(), Scope.model());
        GraphNames.check(graph);
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        Map<String, Long> opsets = opsets(proto.getOpsetImportList());
        return new OnnxModel(
                proto.getIrVersion(),
                functions.agreedOpsets(opsets.isEmpty() ? FIRST_OPSET : opsets),
                proto.getProducerName(),
                proto.getProducerVersion(),
                proto.getDocString(),
                graph,
                metadata);
    }

    static Map<String, Long> opsets(List<OperatorSetIdProto> imports) {
        Map<String, Long> opsets = new HashMap<>();
        imports.forEach(set -> opsets.put(domain(set.getDomain()), set.getVersion()));
        return opsets;
    }

    /** ONNX's own domain has two names. */
    static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }

    static SlipwayException unsupported(String what) {
        return SlipwayException.unsupported("onnx.unsupported", "The ONNX file uses " + what + ", which is not read.");
    }
}
