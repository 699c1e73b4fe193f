package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.onnx.run.SessionValue;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** An ONNX or ORT file in ONNX Runtime; times are those of a whole call. */
final class BenchedOnnx implements BenchedModel {
    private static final Argument<List<Map<String, Object>>> EVENTS =
            Argument.listOf(Argument.mapOf(String.class, Object.class));
    private static final String NODE = "_kernel_time";
    private static final double MICROSECONDS = 1000;

    private final Path file;
    private final SessionSettings settings;
    private final OnnxSession session;
    private final Map<String, OnnxTensor> inputs;

    private BenchedOnnx(Path file, SessionSettings settings, OnnxSession session, Map<String, OnnxTensor> inputs) {
        this.file = file;
        this.settings = settings;
        this.session = session;
        this.inputs = inputs;
    }

    static BenchedOnnx open(Path file, int threads, Map<String, List<Integer>> shapes) {
        SessionSettings settings = SessionSettings.standard().withThreads(threads);
        OnnxSession session = session(file, settings);
        try {
            BenchedModel.check(
                    session.inputs().stream().map(SessionValue::name).collect(Collectors.toSet()), shapes.keySet());
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            for (SessionValue input : session.inputs()) {
                List<Integer> shape = shapes.getOrDefault(
                        input.name(),
                        input.shape().stream().map(BenchedOnnx::length).toList());
                ByteBuffer data = RandomElements.of(
                        input.type().bytes(RandomElements.count(shape)),
                        input.type() == ElementType.FLOAT32,
                        input.type() == ElementType.INT8 || input.type() == ElementType.UINT8);
                inputs.put(input.name(), new OnnxTensor(input.name(), input.type(), shape, data));
            }
            return new BenchedOnnx(file, settings, session, inputs);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** ONNX models by their path, for the sake of external data. */
    private static OnnxSession session(Path file, SessionSettings settings) {
        return ModelFile.isOnnx(file)
                ? OnnxSession.open(ModelFile.onnx(file), settings)
                : OnnxSession.open(ModelFile.bytes(file), settings);
    }

    private static int length(Dimension dimension) {
        return dimension instanceof Dimension.Fixed fixed ? Math.toIntExact(fixed.length()) : 1;
    }

    @Override
    public long run() {
        long start = System.nanoTime();
        session.evaluate(inputs);
        return System.nanoTime() - start;
    }

    @Override
    public OptionalLong valueBytes() {
        return OptionalLong.empty();
    }

    @Override
    public List<Step> profile(int runs) {
        try {
            Path folder = Files.createTempDirectory("slipway-bench-");
            try (OnnxSession profiled = session(file, settings.withProfile(folder.resolve("profile")))) {
                for (int i = 0; i < runs; i++) {
                    profiled.evaluate(inputs);
                }
                Path events = profiled.endProfile();
                List<Step> steps = steps(Files.readAllBytes(events));
                Files.delete(events);
                return steps;
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable("bench.profile", "Can't write a profile: " + e + ".", e);
        }
    }

    /** The means of the nodes, in the order of computation. */
    private static List<Step> steps(byte[] events) throws IOException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, String> operators = new LinkedHashMap<>();
        for (Map<String, Object> event : ObjectMapper.getDefault().readValue(events, EVENTS)) {
            String name = String.valueOf(event.get("name"));
            if ("Node".equals(event.get("cat")) && name.endsWith(NODE)) {
                String node = name.substring(0, name.length() - NODE.length());
                times.computeIfAbsent(node, key -> new ArrayList<>())
                        .add(((Number) event.get("dur")).doubleValue() / MICROSECONDS);
                if (event.get("args") instanceof Map<?, ?> arguments) {
                    operators.put(node, String.valueOf(arguments.get("op_name")));
                }
            }
        }
        return times.entrySet().stream()
                .map(entry -> new Step(
                        operators.getOrDefault(entry.getKey(), ""),
                        entry.getKey(),
                        entry.getValue().stream()
                                .mapToDouble(time -> time)
                                .average()
                                .orElse(0)))
                .toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
