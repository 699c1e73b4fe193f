package dev.slipway.edge;

import dev.slipway.edge.data.NumpyReader;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Converts many models: each {@code CASES/NAME/model.onnx} becomes {@code OUT/NAME.tflite}, or {@code OUT/NAME.err} with
 * the reason. {@code CASES/NAME/input_0.npy}, {@code input_1.npy}…, where present, are the inputs that it is probed and
 * verified with, in the model's order.
 */
public final class BatchConversion {
    private static final String MODEL = "model.onnx";

    private final Converter converter = new Converter();
    private final ConversionOptions options;

    public BatchConversion(ConversionOptions options) {
        this.options = options;
    }

    /** The cases of a folder, sorted. */
    public static List<Path> cases(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve(MODEL)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SlipwayException.invalid("edge.batch", "Can't read the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Converts the cases; {@code done} hears of each, with the reason if it was not converted. */
    public void convert(List<Path> cases, Path out, BiConsumer<String, Optional<SlipwayException>> done) {
        for (Path folder : cases) {
            String name = folder.getFileName().toString();
            try {
                write(out.resolve(name + ".tflite"), convert(folder).file());
                done.accept(name, Optional.empty());
            } catch (SlipwayException e) {
                write(
                        out.resolve(name + ".err"),
                        (e.code() + ": " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
                done.accept(name, Optional.of(e));
            }
        }
    }

    private ConversionResult convert(Path folder) {
        OnnxModel model = OnnxReader.read(folder.resolve(MODEL));
        Map<String, OnnxTensor> sample = new LinkedHashMap<>();
        List<OnnxValue> inputs = model.graph().requiredInputs();
        for (int i = 0; i < inputs.size(); i++) {
            Path file = folder.resolve("input_" + i + ".npy");
            if (Files.exists(file)) {
                String name = inputs.get(i).name();
                sample.put(name, NumpyReader.read(file).withName(name));
            }
        }
        boolean complete = !inputs.isEmpty() && sample.size() == inputs.size();
        return converter.convert(model, complete ? options.withSamples(List.of(sample)) : options);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw SlipwayException.invalid("edge.batch", "Can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
