package dev.slipway.store.graph;

import java.util.OptionalDouble;

/**
 * A searchable attribute of an entity, kept outside its document so that logging never fights over a revision.
 *
 * @param key at most 250 characters
 * @param value a number or a text
 * @param step of a metric: the step of its latest value, otherwise 0
 * @param timestamp UTC milliseconds
 */
public record Facet(FacetKind kind, String key, Value value, long step, long timestamp) {
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

        /** At most 6000 characters. */
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
     * updates may come twice and in any order.
     */
    public boolean wins(Facet other) {
        if (step != other.step) {
            return step > other.step;
        }
        if (timestamp != other.timestamp) {
            return timestamp > other.timestamp;
        }
        return order(value) > order(other.value)
                || (order(value) == order(other.value) && value.text().compareTo(other.value.text()) > 0);
    }

    private static long order(Value value) {
        return value.number().isPresent() ? OrderedDouble.encode(value.number().getAsDouble()) : Long.MIN_VALUE;
    }
}
