package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/**
 * A registered model of the source.
 *
 * @param aliases the numbers of versions by their other names
 * @param versions by number, rising
 */
record SourceModel(
        String name,
        @Nullable String description,
        Map<String, String> tags,
        SourceTimes times,
        Map<String, Integer> aliases,
        List<Version> versions) {
    /**
     * A version of it.
     *
     * @param source the address of its files
     */
    record Version(
            int number,
            @Nullable String description,
            String stage,
            String source,
            @Nullable String run,
            @Nullable String runLink,
            @Nullable String loggedModel,
            Map<String, String> tags,
            SourceTimes times) {}
}
