package dev.slipway.runtime.entity;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Envelope;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/** Turns bodies into JSON and back, older forms included. */
@Singleton
final class BodyCodec {
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    private final ObjectMapper json;

    BodyCodec(ObjectMapper json) {
        this.json = json;
    }

    <B> String write(Argument<B> type, B body) {
        try {
            return json.writeValueAsString(type, body);
        } catch (IOException e) {
            throw SlipwayException.internal("entity.unwritable", "A body of " + type + " has no JSON form.", e);
        }
    }

    /** Reads a newer form too, as far as its fields are known here; fails with {@code entity.unreadable} when it is not. */
    <B> B read(EntityKind<?, B> kind, Envelope envelope) {
        try {
            if (envelope.schema() >= kind.schema()) {
                return json.readValue(envelope.body(), kind.body());
            }
            Map<String, Object> tree = json.readValue(envelope.body(), TREE);
            for (int schema = envelope.schema(); schema < kind.schema(); schema++) {
                tree = kind.upcasters().get(schema).apply(tree);
            }
            return json.readValue(json.writeValueAsString(TREE, tree), kind.body());
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "entity.unreadable",
                    "The body of " + envelope.type().wireName() + " " + envelope.id() + " (schema " + envelope.schema()
                            + ", known up to " + kind.schema()
                            + ") can't be read; a newer version may have written it.",
                    e);
        }
    }
}
