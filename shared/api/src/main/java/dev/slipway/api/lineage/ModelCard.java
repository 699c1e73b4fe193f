package dev.slipway.api.lineage;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What is known of a version of a model, written from its lineage.
 *
 * @param markdown all of it, laid out as Hugging Face's model cards: YAML, then sections; what people have written is quoted
 * @param name of the model
 * @param version its number
 * @param description as people wrote it; empty if nobody did
 * @param authors empty if nobody is named
 * @param license its name; empty if it is not told
 * @param classes the labels, in the order of the model's outputs; empty if they are not known
 */
@Serdeable
public record ModelCard(
        String markdown,
        String name,
        int version,
        String description,
        String authors,
        String license,
        List<String> classes) {}
