package dev.slipway.store.graph;

import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A searchable attribute of an entity, kept outside its document so that logging never fights over a revision.
 *
 * @param key 1 to {@value #MAX_KEY} characters
 * @param value a number or a text
 * @param step of a metric: the step of its latest value, otherwise 0
 * @param timestamp UTC milliseconds
 */
public record Facet(FacetKind kind, String key, Value value, long step, long timestamp) {
    public static final int MAX_KEY = 250;
    public static final int MAX_TEXT = 100_000;

    public Facet {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw SlipwayException.invalid(
                    "facet.key", "A key has 1 to " + MAX_KEY + " characters, not " + key.length() + ".");
        }
        if (value instanceof Value.Text text && text.value().length() > MAX_TEXT) {
            throw SlipwayException.tooLarge(
                    "facet.value",
                    "The value of '" + key + "' has " + text.value().length() + " characters; " + MAX_TEXT
                            + " are allowed.");
        }
    }

    /** What a facet holds. */
    public sealed interface Value {
        OptionalDouble number();

        String text();

        /** Any double; NaN and infinities survive. */
        record Num(double value) implements Value {
            @Override
            public OptionalDouble number() {
                return OptionalDouble.of(value);
            }

            @Override
            public String text() {
                return Double.toString(value);
            }
        }

        /** At most {@value Facet#MAX_TEXT} characters. */
        record Text(String value) implements Value {
            @Override
            public OptionalDouble number() {
                return OptionalDouble.empty();
            }

            @Override
            public String text() {
                return value;
            }
        }
    }

    /**
     * Whether this value replaces {@code other} under the same key: the greater (step, timestamp, value) wins, so
     * updates may come twice and in any order. A text is greater than a number; texts compare by their UTF-8 bytes.
     */
    public boolean wins(Facet other) {
        if (step != other.step) {
            return step > other.step;
        }
        if (timestamp != other.timestamp) {
            return timestamp > other.timestamp;
        }
        return compare(value, other.value) > 0;
    }

    private static int compare(Value left, Value right) {
        if (left instanceof Value.Text leftText && right instanceof Value.Text rightText) {
            return Arrays.compareUnsigned(
                    leftText.value().getBytes(StandardCharsets.UTF_8),
                    rightText.value().getBytes(StandardCharsets.UTF_8));
        }
        return Long.compare(order(left), order(right));
    }

    private static long order(Value value) {
        return value.number().isPresent() ? OrderedDouble.encode(value.number().getAsDouble()) : Long.MAX_VALUE;
    }
}
