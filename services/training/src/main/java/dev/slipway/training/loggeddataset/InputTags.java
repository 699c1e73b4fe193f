package dev.slipway.training.loggeddataset;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** The tags of a run's input as they stand in a facet. */
@Singleton
final class InputTags {
    private static final Argument<List<Param>> TAGS = Argument.listOf(Param.class);

    private final ObjectMapper json;

    InputTags(ObjectMapper json) {
        this.json = json;
    }

    String write(List<Param> tags) {
        try {
            return json.writeValueAsString(TAGS, tags);
        } catch (IOException e) {
            throw SlipwayException.internal("dataset-input.tags", "Tags have no JSON form.", e);
        }
    }

    List<Param> read(String text) {
        try {
            return json.readValue(text, TAGS);
        } catch (IOException e) {
            throw SlipwayException.internal("dataset-input.tags", "Tags can't be read: " + text, e);
        }
    }
}
