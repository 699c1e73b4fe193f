package dev.slipway.registry.mlflow;

import dev.slipway.api.Required;
import dev.slipway.api.registry.Stage;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.Absent;
import io.micronaut.core.annotation.Nullable;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what requests give as text. */
final class Given {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    private Given() {}

    /** What was given; nothing and the empty text are refused alike. */
    static String text(String name, @Nullable String value) {
        Required.part(name, Absent.ifEmpty(value));
        return value == null ? "" : value;
    }

    /** The number of a version; one that no version can have is 0, which none has. */
    static int number(String version) {
        if (!INTEGER.matcher(version).matches()) {
            throw SlipwayException.invalid(
                    "model-version.number", "'" + version + "' is no version: a version is a whole number from 1.");
        }
        long number = Long.parseLong(version);
        return number < 1 || number > Integer.MAX_VALUE ? 0 : (int) number;
    }

    static Stage stage(String label) {
        return Stage.of(label)
                .orElseThrow(() -> SlipwayException.invalid(
                        "model-version.stage",
                        "'" + label + "' is no stage; the stages are "
                                + Arrays.stream(Stage.values())
                                        .map(Stage::label)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
