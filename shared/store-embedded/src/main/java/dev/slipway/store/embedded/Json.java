package dev.slipway.store.embedded;

import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists of values for SQLite's {@code json_each}, so that one statement does for any number of them. */
final class Json {
    private static final HexFormat HEXADECIMAL = HexFormat.of();

    private Json() {}

    static <T> String array(Collection<T> values, Function<? super T, String> text) {
        return values.stream()
                .map(value -> '"' + escaped(text.apply(value)) + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String escaped(String text) {
        if (text.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < ' ') {
                escaped.append("\\u").append(HEXADECIMAL.toHexDigits((char) c));
            } else {
                escaped.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        });
        return escaped.toString();
    }
}
