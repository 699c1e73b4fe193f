package dev.slipway.tflite.metadata;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.RuntimeVersions;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model with its card: the card's block {@code TFLITE_METADATA} and {@code min_runtime_version} lie in the model, its
 * label files in a ZIP archive behind it.
 */
public final class DescribedModel {
    private static final String METADATA = "TFLITE_METADATA";

    private final TfliteModel model;
    private final Map<String, byte[]> files;

    private DescribedModel(TfliteModel model, Map<String, byte[]> files) {
        this.model = model;
        this.files = files;
    }

    /**
     * Fails with {@code tflite.metadata} if the card has not as many inputs and outputs as the model, or two different
     * files have the same name.
     */
    public static DescribedModel of(TfliteModel model, ModelCard card) {
        int inputs = model.entry().inputs().size();
        int outputs = model.entry().outputs().size();
        if (card.inputs().size() != inputs || card.outputs().size() != outputs) {
            throw unfit("it has " + card.inputs().size() + " inputs and "
                    + card.outputs().size() + " outputs, but the model " + inputs + " and " + outputs);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (OutputCard output : card.outputs()) {
            output.labels().ifPresent(labels -> {
                byte[] before = files.put(labels.name(), labels.bytes());
                if (before != null && !Arrays.equals(before, labels.bytes())) {
                    throw unfit("two outputs have different labels in the file '" + labels.name() + "'");
                }
            });
        }
        TfliteModel noted = RuntimeVersions.load().noted(model).withMetadata(METADATA, CardEncoder.encode(card));
        return new DescribedModel(noted, files);
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return TfliteWriter.write(model, position -> Archive.of(files, position));
    }

    /** Writes the file as {@link TfliteWriter#write(TfliteModel, Path)} does. */
    public void write(Path file) {
        TfliteWriter.write(model, position -> Archive.of(files, position), file);
    }

    private static SlipwayException unfit(String why) {
        return SlipwayException.invalid("tflite.metadata", "The description does not fit the model: " + why + ".");
    }
}
