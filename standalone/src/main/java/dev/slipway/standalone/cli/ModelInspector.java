package dev.slipway.standalone.cli;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Operators;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.OrtFormat;
import dev.slipway.onnx.run.SessionValue;
import dev.slipway.standalone.cli.ModelSummary.Value;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks into model files. */
final class ModelInspector {
    /** A model with more weights than this is not tried, as that takes long; its operators are looked up. */
    private static final long MOST_TRIED_BYTES = 1 << 26;

    private static final String SIZE = "size";

    ModelSummary inspect(Path file) {
        ModelFile.check(file);
        if (ModelFile.isOnnx(file)) {
            return onnx(ModelFile.onnx(file), file);
        }
        return ModelFile.converted(file) == Target.TFLITE ? tflite(file) : ort(file);
    }

    private static ModelSummary onnx(OnnxModel model, Path file) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("format", "ONNX, IR " + model.irVersion());
        facts.put("name", model.graph().name());
        facts.put("opsets", new TreeMap<>(named(model.opsets())).toString());
        facts.put("producer", (model.producer() + " " + model.producerVersion()).strip());
        facts.put(SIZE, bytes(file.toFile().length()));
        new TreeMap<>(model.metadata()).forEach((key, value) -> facts.put("metadata." + key, value));
        UseCounter counter = new UseCounter();
        Set<String> counted = new HashSet<>();
        count(model.graph(), counter, counted);
        long weights = model.graph().initializers().stream()
                .mapToLong(tensor -> tensor.data().remaining())
                .sum();
        facts.put("weights", bytes(weights));
        return new ModelSummary(
                facts,
                values(model.graph().requiredInputs()),
                values(model.graph().outputs()),
                counter.uses(),
                weights <= MOST_TRIED_BYTES ? tried(model) : lookedUp(model));
    }

    private static Map<String, Long> named(Map<String, Long> opsets) {
        return opsets.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().isEmpty() ? "ai.onnx" : entry.getKey(), Map.Entry::getValue));
    }

    private static void count(OnnxGraph graph, UseCounter counter, Set<String> counted) {
        Map<String, OnnxTensor> constants = graph.constants();
        for (OnnxNode node : graph.nodes()) {
            String name = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
            counter.count(name);
            for (String input : node.inputs()) {
                OnnxTensor constant = constants.get(input);
                if (constant != null && counted.add(input)) {
                    counter.reads(name, constant.size(), constant.data().remaining());
                }
            }
            node.bodies().forEach(body -> count(body, counter, counted));
        }
    }

    private static List<String> tried(OnnxModel model) {
        return new Converter()
                .obstacle(model, ConversionOptions.to(Target.TFLITE))
                .map(why -> List.of(why.getMessage().split("; ")))
                .orElse(List.of());
    }

    private static List<String> lookedUp(OnnxModel model) {
        Set<String> known =
                Operators.standard().entries().stream().map(ModelInspector::key).collect(Collectors.toSet());
        return model.graph().nodes().stream()
                .filter(node -> !known.contains(node.domain() + "/" + node.operator()))
                .map(node -> node.label() + ": there is no conversion of this operator")
                .toList();
    }

    private static String key(OperatorEntry entry) {
        return entry.domain() + "/" + entry.operator();
    }

    private static List<Value> values(List<OnnxValue> values) {
        return values.stream()
                .map(value -> value.type() instanceof ValueType.Dense dense
                        ? new Value(
                                value.name(),
                                dense.element().name(),
                                dense.shape().map(List::toString).orElse("of any shape"))
                        : new Value(value.name(), "undeclared", ""))
                .toList();
    }

    private static ModelSummary tflite(Path file) {
        TfliteModel model = TfliteReader.read(file);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("format", "TFLite");
        facts.put("description", model.description());
        facts.put(
                "signatures",
                model.signatures().stream()
                        .map(signature -> signature.key())
                        .toList()
                        .toString());
        facts.put(SIZE, bytes(file.toFile().length()));
        facts.put(
                "metadata",
                String.join(", ", model.metadata().keySet().stream().sorted().toList()));
        UseCounter counter = new UseCounter();
        long weights = 0;
        for (TfliteSubgraph graph : model.subgraphs()) {
            weights += count(graph, counter);
        }
        facts.put("weights", bytes(weights));
        TfliteSubgraph entry = model.entry();
        return new ModelSummary(
                facts,
                values(entry, model.inputNames(), entry.inputs()),
                values(entry, model.outputNames(), entry.outputs()),
                counter.uses(),
                List.of());
    }

    /** Counts the operators of a subgraph and gives the bytes of its constants. */
    private static long count(TfliteSubgraph graph, UseCounter counter) {
        long weights = 0;
        Set<Integer> counted = new HashSet<>();
        for (TfliteOperator operator : graph.operators()) {
            String name = operator.operator().name();
            counter.count(name);
            for (int input : operator.inputs()) {
                if (input >= 0
                        && counted.add(input)
                        && graph.tensors().get(input).data().isPresent()) {
                    TfliteTensor tensor = graph.tensors().get(input);
                    long bytes = tensor.data().get().remaining();
                    long elements =
                            tensor.shape().stream().mapToLong(length -> length).reduce(1, (a, b) -> a * b);
                    counter.reads(name, elements, bytes);
                    weights += bytes;
                }
            }
        }
        return weights;
    }

    private static List<Value> values(TfliteSubgraph graph, List<String> names, List<Integer> indexes) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            TfliteTensor tensor = graph.tensors().get(indexes.get(i));
            String scale = tensor.quantization()
                    .filter(quantization -> !quantization.isPerChannel())
                    .map(quantization -> " × " + quantization.scales().get(0) + ", zero at "
                            + quantization.zeroPoints().get(0))
                    .orElse("");
            values.add(new Value(
                    names.get(i), tensor.type().name() + scale, tensor.shape().toString()));
        }
        return values;
    }

    private static ModelSummary ort(Path file) {
        byte[] bytes = ModelFile.bytes(file);
        UseCounter counter = new UseCounter();
        OrtFormat.operators(ByteBuffer.wrap(bytes))
                .forEach(operator -> counter.count(
                        operator.domain().isEmpty()
                                ? operator.operator()
                                : operator.domain() + "." + operator.operator()));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("format", "ONNX Runtime's own (ORT)");
        facts.put(SIZE, bytes(bytes.length));
        try (OnnxSession session = OnnxSession.open(bytes)) {
            return new ModelSummary(
                    facts,
                    sessionValues(session.inputs()),
                    sessionValues(session.outputs()),
                    counter.uses(),
                    List.of());
        }
    }

    private static List<Value> sessionValues(List<SessionValue> values) {
        return values.stream()
                .map(value -> new Value(
                        value.name(), value.type().name(), value.shape().toString()))
                .toList();
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    /** Counts operators and what they read. */
    private static final class UseCounter {
        private final Map<String, ModelSummary.OperatorUse> uses = new HashMap<>();

        void count(String operator) {
            add(new ModelSummary.OperatorUse(operator, 1, 0, 0));
        }

        void reads(String operator, long parameters, long bytes) {
            add(new ModelSummary.OperatorUse(operator, 0, parameters, bytes));
        }

        private void add(ModelSummary.OperatorUse one) {
            uses.merge(
                    one.operator(),
                    one,
                    (a, b) -> new ModelSummary.OperatorUse(
                            a.operator(),
                            a.count() + b.count(),
                            a.parameters() + b.parameters(),
                            a.bytes() + b.bytes()));
        }

        List<ModelSummary.OperatorUse> uses() {
            return uses.values().stream()
                    .sorted((a, b) -> a.count() != b.count()
                            ? Integer.compare(b.count(), a.count())
                            : a.operator().compareTo(b.operator()))
                    .toList();
        }
    }
}
