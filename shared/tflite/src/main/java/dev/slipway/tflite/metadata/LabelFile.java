package dev.slipway.tflite.metadata;

import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of labels inside a model, one in each line.
 *
 * @param name of the file, such as {@code labels.txt}, without a folder
 */
public record LabelFile(String name, List<String> labels) {
    private static final Pattern FILE_NAME = Pattern.compile("[\\p{L}\\p{N} _.-]{1,100}");

    /** Fails with {@code tflite.metadata} if the file has another kind of name or a label has several lines. */
    public LabelFile {
        labels = List.copyOf(labels);
        if (!FILE_NAME.matcher(name).matches()) {
            throw SlipwayException.invalid(
                    "tflite.metadata",
                    "'" + name + "' can't be the name of a file of labels; use letters, digits, '_', '-' and '.'.");
        }
        for (String label : labels) {
            if (label.indexOf('\n') >= 0 || label.indexOf('\r') >= 0) {
                throw SlipwayException.invalid(
                        "tflite.metadata", "The label '" + label + "' has several lines; a label has one.");
            }
        }
    }

    byte[] bytes() {
        return String.join("\n", labels).getBytes(StandardCharsets.UTF_8);
    }
}
