package dev.slipway.edge;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares models tensor by tensor. For that, tensors are made outputs of a variant of the model, some at a time, so that
 * never all of them are in memory.
 */
public final class TensorComparison {
    /** The bytes of the tensors of one run, as far as their lengths are known. */
    private static final long CHUNK_BYTES = 1 << 26;

    private static final int CHUNK_TENSORS = 128;
    private static final String EXPOSED = "exposed/";

    private final Map<String, OnnxTensor> sample;
    private final Layout layout;

    /**
     * @param sample a tensor for every input, as the ONNX model takes them
     * @param layout of the converted models
     */
    public TensorComparison(Map<String, OnnxTensor> sample, Layout layout) {
        this.sample = Map.copyOf(sample);
        this.layout = layout;
    }

    /** On one input: a sample of the options, one to calibrate with or a random one. */
    static TensorComparison of(OnnxModel source, ConversionOptions options) {
        Optional<SampleSource> calibration = options.quantisation().calibration();
        if (options.samples().isEmpty() && calibration.isPresent()) {
            return new TensorComparison(
                    calibration.get().first(1).stream().findFirst().orElseThrow(), options.layout());
        }
        try (OnnxSession reference = OnnxSession.open(source)) {
            return new TensorComparison(new VerificationSamples(source, reference, options).first(), options.layout());
        }
    }

    /** A float model against ONNX Runtime: every tensor that is a value of the ONNX model, in the order of computation. */
    public List<TensorParity> againstOnnx(OnnxModel model, EdgeGraph graph) {
        Map<String, EdgeValue> values = new LinkedHashMap<>();
        Map<String, String> operators = new HashMap<>();
        Set<String> known = new HashSet<>();
        model.graph().nodes().forEach(node -> known.addAll(node.outputs()));
        for (EdgeOperation operation : graph.operations()) {
            for (EdgeValue value : operation.outputs()) {
                if (value.onnxOrder().isPresent() && known.contains(value.name())) {
                    values.putIfAbsent(value.name(), value);
                    operators.putIfAbsent(value.name(), operation.operator().name());
                }
            }
        }
        List<TensorParity> tensors = new ArrayList<>();
        try (OnnxSession reference = OnnxSession.open(exposed(model, values.keySet()), SessionSettings.faithful())) {
            for (List<String> chunk : chunks(values)) {
                Map<String, OnnxTensor> actual = run(variant(graph, values, chunk));
                Map<String, TensorParity> rows = new HashMap<>();
                reference.forEachOutput(sample, new LinkedHashSet<>(chunk), (name, expected) -> {
                    Permutation order = values.get(name).onnxOrder().orElseThrow();
                    OnnxTensor got = EdgeTensors.transposed(actual.get(EXPOSED + name), order.inverse());
                    rows.put(name, row(name, operators.get(name), expected, got));
                });
                chunk.stream().filter(rows::containsKey).map(rows::get).forEach(tensors::add);
            }
        }
        return tensors;
    }

    /**
     * A model against another whose tensors have the same names, such as a quantised one against the float one it was
     * made of: every computed tensor that both have, as the numbers that it stands for.
     */
    public List<TensorParity> againstFloat(TfliteModel reference, TfliteModel other) {
        Map<String, String> operators = computed(reference.entry());
        operators.keySet().retainAll(computed(other.entry()).keySet());
        List<TensorParity> tensors = new ArrayList<>();
        // In the order of computation, which that of tensors need not be.
        for (List<String> chunk : chunks(values(reference, operators.keySet()))) {
            Map<String, OnnxTensor> expected = run(ExposedTensors.of(reference, chunk, EXPOSED));
            Map<String, OnnxTensor> actual = run(ExposedTensors.of(other, chunk, EXPOSED));
            for (String name : chunk) {
                tensors.add(row(name, operators.get(name), expected.get(EXPOSED + name), actual.get(EXPOSED + name)));
            }
        }
        return tensors;
    }

    /**
     * A TFLite file of any origin against ONNX Runtime: every computed tensor that has the name of a value of the ONNX model
     * and its shape, as it is or with channels last.
     */
    public List<TensorParity> againstOnnx(OnnxModel model, TfliteModel file) {
        Map<String, String> operators = computed(file.entry());
        Set<String> known = new HashSet<>();
        model.graph().nodes().forEach(node -> known.addAll(node.outputs()));
        operators.keySet().retainAll(known);
        Map<String, EdgeValue> values = values(file, operators.keySet());
        List<TensorParity> tensors = new ArrayList<>();
        try (OnnxSession reference = OnnxSession.open(exposed(model, values.keySet()), SessionSettings.faithful())) {
            for (List<String> chunk : chunks(values)) {
                Map<String, OnnxTensor> actual = run(ExposedTensors.of(file, chunk, EXPOSED));
                Map<String, TensorParity> rows = new HashMap<>();
                reference.forEachOutput(
                        sample,
                        new LinkedHashSet<>(chunk),
                        (name, expected) -> inEitherOrder(actual.get(EXPOSED + name)).stream()
                                .filter(got -> got.shape().equals(expected.shape()))
                                .map(got -> row(name, operators.get(name), expected, got))
                                .min(Comparator.comparingDouble(
                                        tensor -> tensor.parity().maximumError()))
                                .ifPresent(closest -> rows.put(name, closest)));
                chunk.stream().filter(rows::containsKey).map(rows::get).forEach(tensors::add);
            }
        }
        return tensors;
    }

    /** As it is, and with the last axis taken for the channels. */
    private static List<OnnxTensor> inEitherOrder(OnnxTensor tensor) {
        int rank = tensor.shape().size();
        return rank < 3
                ? List.of(tensor)
                : List.of(
                        tensor,
                        EdgeTensors.transposed(
                                tensor, Permutation.toChannelsLast(rank).inverse()));
    }

    /** The tensors of these names, in the names' order. */
    private static Map<String, EdgeValue> values(TfliteModel file, Set<String> names) {
        Map<String, EdgeValue> found = new HashMap<>();
        for (TfliteTensor tensor : file.entry().tensors()) {
            if (names.contains(tensor.name())) {
                found.put(tensor.name(), EdgeValue.computed(tensor.name(), tensor.type(), tensor.shape()));
            }
        }
        Map<String, EdgeValue> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, found.get(name)));
        return values;
    }

    private static TensorParity row(String name, String operator, OnnxTensor expected, OnnxTensor actual) {
        ParityCounter counter = new ParityCounter(name);
        counter.addNumbers(expected, actual);
        return new TensorParity(operator, counter.result());
    }

    /** The operators by the names of their results, as far as those are the only ones of their name. */
    private static Map<String, String> computed(TfliteSubgraph graph) {
        Map<String, String> operators = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (TfliteOperator operator : graph.operators()) {
            for (int output : operator.outputs()) {
                String name = graph.tensors().get(output).name();
                if (taken.add(name)) {
                    operators.put(name, operator.operator().name());
                } else {
                    operators.remove(name);
                }
            }
        }
        return operators;
    }

    private Map<String, OnnxTensor> run(TfliteModel variant) {
        return ExposedTensors.run(variant, sample, layout);
    }

    private static OnnxModel exposed(OnnxModel model, Set<String> names) {
        OnnxGraph graph = model.graph();
        return model.withGraph(new OnnxGraph(
                graph.name(),
                graph.nodes(),
                graph.initializers(),
                graph.inputs(),
                names.stream().map(OnnxValue::undeclared).toList(),
                List.of()));
    }

    private static TfliteModel variant(EdgeGraph graph, Map<String, EdgeValue> values, List<String> chunk) {
        // The model's own outputs are among the values; they get a tensor of their own under another name.
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        chunk.forEach(name -> outputs.put(EXPOSED + name, values.get(name)));
        return TfliteEmitter.emit(new EdgeGraph(graph.operations(), graph.inputs(), outputs), "");
    }

    private static List<List<String>> chunks(Map<String, EdgeValue> values) {
        List<List<String>> chunks = new ArrayList<>();
        long bytes = CHUNK_BYTES;
        for (EdgeValue value : values.values()) {
            long own = value.shape().stream()
                    .mapToLong(length -> Math.max(1, length))
                    .reduce(1, (a, b) -> a * b);
            own *= value.type().bytes();
            if (bytes + own > CHUNK_BYTES || chunks.get(chunks.size() - 1).size() >= CHUNK_TENSORS) {
                chunks.add(new ArrayList<>());
                bytes = 0;
            }
            bytes += own;
            chunks.get(chunks.size() - 1).add(value.name());
        }
        return chunks;
    }
}
