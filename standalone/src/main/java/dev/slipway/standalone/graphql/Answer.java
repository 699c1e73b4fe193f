package dev.slipway.standalone.graphql;

import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of an answer; what is not there is a part as well, without any value.
 *
 * @param value as JSON has it
 */
public record Answer(@Nullable Object value) {
    /** The field of an object. */
    public Answer at(String field) {
        return new Answer(value instanceof Map<?, ?> object ? object.get(field) : null);
    }

    /** The item of a list. */
    public Answer at(int index) {
        return new Answer(value instanceof List<?> list && index < list.size() ? list.get(index) : null);
    }

    public boolean present() {
        return value != null;
    }

    public Optional<String> text() {
        return Optional.ofNullable(value).map(Object::toString);
    }

    /** A number; NaN and infinities come as text. */
    public Optional<Double> number() {
        return text().map(Double::valueOf);
    }

    /** The items of a list; none for anything else. */
    public List<Answer> items() {
        return value instanceof List<?> list ? list.stream().map(Answer::new).toList() : List.of();
    }
}
