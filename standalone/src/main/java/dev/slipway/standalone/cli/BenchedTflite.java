package dev.slipway.standalone.cli;

import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.run.InterpreterSettings;
import dev.slipway.tflite.run.InterpreterValue;
import dev.slipway.tflite.run.OperatorProfiler;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A TFLite file in TFLite's runtime; times are the runtime's own, without copies of inputs and outputs. */
final class BenchedTflite implements BenchedModel {
    private final Path file;
    private final InterpreterSettings settings;
    private final TfliteInterpreter interpreter;
    private final Map<String, TensorData> inputs;

    private BenchedTflite(
            Path file, InterpreterSettings settings, TfliteInterpreter interpreter, Map<String, TensorData> inputs) {
        this.file = file;
        this.settings = settings;
        this.interpreter = interpreter;
        this.inputs = inputs;
    }

    static BenchedTflite open(Path file, int threads, Map<String, List<Integer>> shapes) {
        InterpreterSettings settings = new InterpreterSettings(threads, true);
        TfliteInterpreter interpreter = TfliteInterpreter.open(file, settings);
        try {
            BenchedModel.check(
                    interpreter.inputs().stream().map(InterpreterValue::name).collect(Collectors.toSet()),
                    shapes.keySet());
            Map<String, TensorData> inputs = new LinkedHashMap<>();
            for (InterpreterValue input : interpreter.inputs()) {
                List<Integer> shape = shapes.getOrDefault(
                        input.name(),
                        input.shape().stream()
                                .map(length -> length < 0 ? 1 : length)
                                .toList());
                inputs.put(
                        input.name(),
                        new TensorData(
                                input.type(),
                                shape,
                                RandomElements.of(
                                        input.type().bytes(RandomElements.count(shape)),
                                        input.type() == TensorType.FLOAT32,
                                        input.type() == TensorType.INT8 || input.type() == TensorType.UINT8)));
            }
            return new BenchedTflite(file, settings, interpreter, inputs);
        } catch (RuntimeException e) {
            interpreter.close();
            throw e;
        }
    }

    @Override
    public long run() {
        interpreter.evaluate(inputs);
        return interpreter.lastRun().toNanos();
    }

    @Override
    public OptionalLong valueBytes() {
        return OptionalLong.of(interpreter.memory().total());
    }

    @Override
    public List<Step> profile(int runs) {
        return new OperatorProfiler(TfliteReader.read(file), settings)
                .measure(inputs, runs).stream()
                        .map(time -> new Step(
                                time.operator().name(),
                                time.outputName(),
                                time.duration().toNanos() / 1e6))
                        .toList();
    }

    @Override
    public void close() {
        interpreter.close();
    }
}
