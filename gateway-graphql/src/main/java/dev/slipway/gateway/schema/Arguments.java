package dev.slipway.gateway.schema;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The arguments of a field, or the fields of an input object, after GraphQL has checked and coerced them. */
record Arguments(Map<String, Object> values) {
    String text(String name) {
        return (String) required(name);
    }

    @Nullable
    String optionalText(String name) {
        return (String) values.get(name);
    }

    int integer(String name) {
        return (Integer) required(name);
    }

    long number(String name) {
        return (Long) required(name);
    }

    double real(String name) {
        return (Double) required(name);
    }

    @Nullable
    Long optionalNumber(String name) {
        return (Long) values.get(name);
    }

    @Nullable
    Double optionalReal(String name) {
        return (Double) values.get(name);
    }

    @Nullable
    Boolean optionalFlag(String name) {
        return (Boolean) values.get(name);
    }

    boolean flag(String name) {
        return (Boolean) required(name);
    }

    /** Whether the argument is there, and not null. */
    boolean has(String name) {
        return values.get(name) != null;
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    <I extends Id> I id(String name, Kind<I, ?> kind) {
        return kind.id(text(name));
    }

    @Nullable
    <I extends Id> I optionalId(String name, Kind<I, ?> kind) {
        String text = optionalText(name);
        return text == null ? null : kind.id(text);
    }

    List<String> texts(String name) {
        return list(name).stream().map(String.class::cast).toList();
    }

    <I extends Id> List<I> ids(String name, Kind<I, ?> kind) {
        return texts(name).stream().map(kind::id).toList();
    }

    Arguments input(String name) {
        return of(required(name));
    }

    List<Arguments> inputs(String name) {
        return list(name).stream().map(Arguments::of).toList();
    }

    private List<?> list(String name) {
        Object value = values.get(name);
        return value == null ? List.of() : (List<?>) value;
    }

    private Object required(String name) {
        return Objects.requireNonNullElseGet(values.get(name), () -> {
            throw SlipwayException.invalid("graphql.argument", "The argument '" + name + "' may not be null.");
        });
    }

    @SuppressWarnings("unchecked") // GraphQL gives an input object as a map from names.
    private static Arguments of(Object input) {
        return new Arguments((Map<String, Object>) input);
    }
}
