package dev.slipway.edge;

import dev.slipway.edge.data.NumpyReader;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 *
 * <p>While a model is being converted there is a {@code .err} that says so, and it is what is left should native code end
 * the process. {@link #remaining} are then the models to go on with.
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

    /** Those cases of which there is no result yet, neither good nor bad. */
    public List<Path> remaining(List<Path> cases, Path out) {
        return cases.stream()
                .filter(folder -> !Files.exists(converted(folder, out)) && !Files.exists(reason(folder, out)))
                .toList();
    }

    /** Converts the cases; {@code done} hears of each, with the reason if it was not converted. */
    public void convert(List<Path> cases, Path out, BiConsumer<String, Optional<SlipwayException>> done) {
        for (Path folder : cases) {
            String name = folder.getFileName().toString();
            delete(converted(folder, out));
            write(reason(folder, out), text("edge.crash: The process ended while this model was being converted."));
            Optional<SlipwayException> failure = convert(folder, out);
            if (failure.isPresent()) {
                SlipwayException why = failure.get();
                write(reason(folder, out), text(why.code() + ": " + why.getMessage()));
            } else {
                delete(reason(folder, out));
            }
            done.accept(name, failure);
        }
    }

    /** One model's defect, or its hunger for memory, is no reason to give the others up. */
    private Optional<SlipwayException> convert(Path folder, Path out) {
        try {
            write(converted(folder, out), convert(folder).bytes());
            return Optional.empty();
        } catch (SlipwayException e) {
            return Optional.of(e);
        } catch (OutOfMemoryError e) {
            return Optional.of(SlipwayException.tooLarge(
                    "edge.memory", "The model takes more memory than there is: " + e.getMessage() + "."));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(SlipwayException.internal("internal", "A defect of Slipway: " + e, e));
        }
    }

    private Path converted(Path folder, Path out) {
        return out.resolve(folder.getFileName() + options.target().extension());
    }

    private static Path reason(Path folder, Path out) {
        return out.resolve(folder.getFileName() + ".err");
    }

    private static ByteBuffer text(String line) {
        return StandardCharsets.UTF_8.encode(line + "\n");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(file, e);
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

    private static void write(Path file, ByteBuffer bytes) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static SlipwayException unwritable(Path file, IOException cause) {
        return SlipwayException.unavailable("edge.batch", "Can't write " + file + ": " + cause + ".", cause);
    }
}
