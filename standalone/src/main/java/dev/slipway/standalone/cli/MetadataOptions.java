package dev.slipway.standalone.cli;

import dev.slipway.edge.data.ImageFormat;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.metadata.Content;
import dev.slipway.tflite.metadata.DescribedModel;
import dev.slipway.tflite.metadata.InputCard;
import dev.slipway.tflite.metadata.LabelFile;
import dev.slipway.tflite.metadata.ModelCard;
import dev.slipway.tflite.metadata.Normalization;
import dev.slipway.tflite.metadata.OutputCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What a TFLite file says about itself. */
final class MetadataOptions {
    private static final int IMAGE_RANK = 4;
    private static final int BLACK_AND_WHITE = 1;
    private static final int COLOURED = 3;
    private static final Set<String> KEYS = Set.of("name", "description", "version", "author", "license");

    @Option(
            names = "--metadata",
            paramLabel = "KEY=TEXT",
            description = "TFLite metadata that Android's tools show: name, description, version, author, license; with"
                    + " --mean and --std, how pictures are normalised.")
    private Map<String, String> texts = Map.of();

    @Option(
            names = "--label-names",
            paramLabel = "FILE",
            description = "Text file with the name of a class in each line, which becomes part of the TFLite file.")
    private Path labels;

    boolean given() {
        return !texts.isEmpty() || labels != null;
    }

    /** Fails if there is something else than is known. */
    void check() {
        Set<String> unknown = new TreeSet<>(texts.keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw SlipwayException.invalid(
                    "convert.metadata", "There is no metadata " + unknown + "; there are " + new TreeSet<>(KEYS) + ".");
        }
    }

    /** The file with its description. */
    byte[] describe(byte[] file, String modelName, Optional<ImageFormat> format) {
        return describe(
                file, modelName, texts, format, Optional.ofNullable(labels).map(MetadataOptions::read));
    }

    /**
     * The file with its description.
     *
     * @param texts by the keys of the option
     */
    static byte[] describe(
            byte[] file,
            String modelName,
            Map<String, String> texts,
            Optional<ImageFormat> format,
            Optional<LabelFile> labelFile) {
        TfliteModel model = TfliteReader.read(file);
        List<InputCard> inputs = new ArrayList<>();
        List<String> names = model.inputNames();
        for (int i = 0; i < names.size(); i++) {
            TfliteTensor tensor =
                    model.entry().tensors().get(model.entry().inputs().get(i));
            Content content = content(tensor.shape(), format);
            inputs.add(new InputCard(
                    names.get(i),
                    "",
                    content,
                    content == Content.FEATURE ? Optional.empty() : format.map(MetadataOptions::normalization)));
        }
        List<OutputCard> outputs = new ArrayList<>();
        for (String name : model.outputNames()) {
            // The classes are those of the first output, as Android's tools take it.
            outputs.add(new OutputCard(name, "", outputs.isEmpty() ? labelFile : Optional.empty()));
        }
        return DescribedModel.of(
                        model,
                        new ModelCard(
                                texts.getOrDefault("name", modelName),
                                texts.getOrDefault("description", ""),
                                texts.getOrDefault("version", ""),
                                texts.getOrDefault("author", ""),
                                texts.getOrDefault("license", ""),
                                inputs,
                                outputs))
                .bytes();
    }

    /** Only what has channels last, and was said to be a picture, is shown as one. */
    private static Content content(List<Integer> shape, Optional<ImageFormat> format) {
        if (format.isEmpty() || shape.size() != IMAGE_RANK) {
            return Content.FEATURE;
        }
        return switch (shape.get(3)) {
            case COLOURED -> Content.RGB_IMAGE;
            case BLACK_AND_WHITE -> Content.GRAYSCALE_IMAGE;
            default -> Content.FEATURE;
        };
    }

    /** TFLite's normalisation takes values from 0 to 255. */
    private static Normalization normalization(ImageFormat format) {
        int channels = Math.max(format.mean().size(), format.deviation().size());
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            means.add(at(format.mean(), channel) / format.scale());
            deviations.add(at(format.deviation(), channel) / format.scale());
        }
        return new Normalization(means, deviations);
    }

    private static float at(List<Float> values, int channel) {
        return values.get(Math.min(channel, values.size() - 1));
    }

    private static LabelFile read(Path file) {
        try {
            return new LabelFile("labels.txt", Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound("convert.labels", "There is no file " + file + ".");
        } catch (IOException e) {
            throw SlipwayException.invalid("convert.labels", "Can't read " + file + ": " + e + ".", e);
        }
    }
}
