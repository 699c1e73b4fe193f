package dev.slipway.standalone.cli;

import dev.slipway.edge.data.ImageFolder;
import dev.slipway.edge.data.ImageFormat;
import dev.slipway.edge.data.NumpyReader;
import dev.slipway.edge.data.NumpySamples;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Inputs for a model: from NumPy files, or from pictures. */
final class SampleOptions {
    private static final int OPEN_SIZE = 224;
    private static final int IMAGE_RANK = 4;
    private static final int MOST_COMPARED = 16;

    /** The order of a picture's channels. */
    enum Channels {
        RGB,
        BGR
    }

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = {
                "Inputs to run the model with, instead of random ones; the first " + MOST_COMPARED + " are compared.",
                "FILE.npz: an array for each input; FILE.npy: for a model of one input; INPUT=FILE.npy: once for each"
                        + " input. The first axis counts the samples.",
                "A folder: its pictures, resized to what the model takes (224 x 224 where that is open)."
            })
    private List<String> samples = List.of();

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "Of pictures: what is subtracted from a channel's values, for each channel or for all.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "Of pictures: what a channel's values are divided by then, for each channel or for all.")
    private List<Float> deviation = List.of();

    @Option(
            names = "--scale",
            paramLabel = "F",
            description = "Of pictures: what their values, 0 to 255, are multiplied by first (default: 1/255).")
    private Float scale;

    @Option(
            names = "--channels",
            defaultValue = "rgb",
            paramLabel = "rgb|bgr",
            description = "Of pictures: the order of their channels (default: ${DEFAULT-VALUE}).")
    private Channels channels;

    boolean given() {
        return !samples.isEmpty();
    }

    /** The samples that were given, if any; the model has the shapes that it is converted with. */
    Optional<SampleSource> source(OnnxModel model) {
        return samples.isEmpty() ? Optional.empty() : Optional.of(open(model, samples));
    }

    /** Those samples that results are compared on; none if none were given. */
    static List<Map<String, OnnxTensor>> compared(Optional<SampleSource> source) {
        return source.map(given -> given.first(MOST_COMPARED)).orElse(List.of());
    }

    /** Whether it was said how pictures become numbers. */
    boolean normalises() {
        return !mean.isEmpty() || !deviation.isEmpty() || scale != null;
    }

    ImageFormat format(OnnxModel model) {
        float factor = scale == null ? 1 / 255f : scale;
        return new ImageFormat(
                channelsLast(model),
                channels == Channels.BGR,
                factor,
                mean.isEmpty() ? List.of(0f) : mean,
                deviation.isEmpty() ? List.of(1f) : deviation);
    }

    /** Samples given in one of the ways of {@code --samples}. */
    SampleSource open(OnnxModel model, List<String> texts) {
        Path first = Path.of(texts.get(0));
        if (texts.size() == 1 && Files.isDirectory(first)) {
            return ImageFolder.open(model, first, format(model), OPEN_SIZE, OPEN_SIZE);
        }
        if (texts.size() == 1 && (Files.exists(first) || texts.get(0).indexOf('=') < 0)) {
            checkThere(first);
            return NumpySamples.open(model, first);
        }
        Map<String, OnnxTensor> arrays = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw SlipwayException.invalid(
                        "convert.samples",
                        "'" + text + "' names no input: write INPUT=FILE.npy for each, or give one .npz file.");
            }
            String name = text.substring(0, equals);
            Path file = Path.of(text.substring(equals + 1));
            checkThere(file);
            arrays.put(name, NumpyReader.read(file).withName(name));
        }
        return NumpySamples.of(model, arrays);
    }

    private static void checkThere(Path file) {
        if (Files.notExists(file)) {
            throw SlipwayException.notFound("convert.no-samples", "There is no file or folder " + file + ".");
        }
    }

    /** An image has 1 or 3 channels, on whichever axis that length is. */
    private static boolean channelsLast(OnnxModel model) {
        for (OnnxValue input : model.graph().requiredInputs()) {
            if (input.type() instanceof ValueType.Dense dense
                    && dense.shape().isPresent()
                    && dense.shape().get().size() == IMAGE_RANK) {
                List<Dimension> shape = dense.shape().get();
                return !isChannels(shape.get(1)) && isChannels(shape.get(3));
            }
        }
        return false;
    }

    private static boolean isChannels(Dimension dimension) {
        return dimension instanceof Dimension.Fixed fixed && (fixed.length() == 1 || fixed.length() == 3);
    }
}
