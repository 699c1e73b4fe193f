package dev.slipway.store.embedded;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists of values for SQLite's {@code json_each}, so that one statement does for any number of them. */
final class Json {
    private Json() {}

    /** @param text ids and names of types, in which nothing needs an escape */
    static <T> String array(Collection<T> values, Function<? super T, String> text) {
        return values.stream().map(text).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }
}
