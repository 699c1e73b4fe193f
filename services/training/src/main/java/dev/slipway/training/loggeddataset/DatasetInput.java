package dev.slipway.training.loggeddataset;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * A data set that a run read, as its logger describes it.
 *
 * @param tags such as what for
 */
public record DatasetInput(
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable String schema,
        @Nullable String profile,
        List<Param> tags) {
    /** The tag that says what for. */
    public static final String CONTEXT = "mlflow.data.context";

    private static final int MAX_NAME = 500;
    private static final int MAX_DIGEST = 36;
    private static final int MAX_SOURCE = 65_535;
    private static final int MAX_SCHEMA = 1_048_575;
    private static final int MAX_PROFILE = 16_777_215;
    private static final int MAX_TAGS = 100;
    private static final int MAX_TAG_KEY = 255;
    private static final int MAX_TAG_VALUE = 500;

    public DatasetInput {
        tags = List.copyOf(tags);
        check("name", name, MAX_NAME);
        check("digest", digest, MAX_DIGEST);
        check("source_type", sourceType, MAX_NAME);
        check("source", source, MAX_SOURCE);
        checkLength("schema", schema, MAX_SCHEMA);
        checkLength("profile", profile, MAX_PROFILE);
        if (tags.size() > MAX_TAGS) {
            throw SlipwayException.tooLarge(
                    "dataset-input.tags", "A data set of a run has at most " + MAX_TAGS + " tags.");
        }
        tags.forEach(tag -> {
            checkLength("tag key", tag.key(), MAX_TAG_KEY);
            checkLength("tag value", tag.value(), MAX_TAG_VALUE);
        });
    }

    /** What for; empty when its logger did not tell. */
    String context() {
        return tags.stream()
                .filter(tag -> tag.key().equals(CONTEXT))
                .map(Param::value)
                .findFirst()
                .orElse("");
    }

    private static void check(String what, @Nullable String text, int limit) {
        if (text == null || (text.isEmpty() && !what.equals("source"))) {
            throw SlipwayException.invalid("dataset-input." + what, "A data set needs a " + what + "; send it.");
        }
        checkLength(what, text, limit);
    }

    private static void checkLength(String what, @Nullable String text, int limit) {
        if (text != null && text.length() > limit) {
            throw SlipwayException.tooLarge(
                    "dataset-input.length",
                    "The " + what + " of a data set has " + text.length() + " characters; " + limit + " are allowed.");
        }
    }
}
