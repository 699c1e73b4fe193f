package dev.slipway.store.arangodb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A pattern of {@code %} and {@code _} as a regular expression over {@link Ordered} texts, two characters for each byte.
 *
 * <p>What stands between two {@code %} is looked for once, where it is found first, which is as good as any later place;
 * so the server never goes back to try another, however many {@code %} there are.
 */
record TextPattern(String pattern, boolean ignoreCase) {
    private static final String ANY_BYTES = "(?:..)*";
    /** One Unicode character: by its first byte one knows how many follow. */
    private static final String ANY_CHARACTER = "(?:[1-8].|[pq].[9bkm].|r.[9bkm].[9bkm].|x.[9bkm].[9bkm].[9bkm].)";

    /** Matches the place of a facet: its text and its entity's id. */
    String ofPlaces() {
        return "^" + Ordered.TEXTS + expression(ANY_BYTES, ANY_CHARACTER, this::character) + Ordered.END + ".{"
                + Ordered.ID_LENGTH + "}$";
    }

    /** Matches an id, of which no other characters are part. */
    String ofIds() {
        return "^" + expression(".*", ".", c -> hexadecimal(c) ? Character.toString(c | 0x20) : "[^0-9a-f]") + "$";
    }

    private boolean hexadecimal(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (ignoreCase && c >= 'A' && c <= 'F');
    }

    private String expression(String any, String one, IntFunction<String> character) {
        List<String> parts = parts(one, character);
        if (parts.size() == 1) {
            return parts.get(0);
        }
        StringBuilder expression = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size() - 1)) {
            if (!part.isEmpty()) {
                expression.append("(?>").append(any).append('?').append(part).append(')');
            }
        }
        return expression.append(any).append(parts.get(parts.size() - 1)).toString();
    }

    /** What stands before, between and after the {@code %}. */
    private List<String> parts(String one, IntFunction<String> character) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        pattern.codePoints().forEach(c -> {
            if (c == '%') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c == '_' ? one : character.apply(c));
            }
        });
        parts.add(part.toString());
        return parts;
    }

    private String character(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        String bytes = bytes(c);
        // The two forms of a letter differ in the first half of the byte.
        return ignoreCase && letter ? "[" + bytes.charAt(0) + bytes(c ^ 0x20).charAt(0) + "]" + bytes.charAt(1) : bytes;
    }

    private static String bytes(int c) {
        return Ordered.bytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }
}
