package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Facet;
import io.micronaut.core.annotation.Nullable;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the texts of traces within their bounds. */
final class TraceTexts {
    /** Characters of a tag's or a metadata's value; what is longer is cut. */
    static final int MAX_VALUE = 8000;
    /** So many tags, and so many metadata, one trace has. */
    static final int MAX_ENTRIES = 200;

    private TraceTexts() {}

    /** The text, or its first characters. */
    @Nullable
    static String cut(@Nullable String text, int characters) {
        if (text == null || text.length() <= characters) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, splits ? characters - 1 : characters);
    }

    /** {@code trace.key} unless the key can be one. */
    static void checkKey(String key) {
        if (key.isBlank() || key.length() > Facet.MAX_KEY || key.chars().anyMatch(Character::isISOControl)) {
            throw SlipwayException.invalid(
                    "trace.key",
                    "A key of a tag or of metadata has 1 to " + Facet.MAX_KEY + " characters and no control characters;"
                            + " '" + cut(key, 100) + "' does not.");
        }
    }

    /** Both of them, those of {@code more} in place of the others; {@code trace.too-many} when they are too many. */
    static Map<String, String> joined(Map<String, String> known, Map<String, String> more) {
        Map<String, String> joined = new TreeMap<>(known);
        more.forEach((key, value) -> {
            checkKey(key);
            joined.put(key, cut(value == null ? "" : value, MAX_VALUE));
        });
        if (joined.size() > MAX_ENTRIES) {
            throw SlipwayException.tooLarge(
                    "trace.too-many",
                    "A trace has at most " + MAX_ENTRIES + " tags and as many metadata, not " + joined.size() + ".");
        }
        return joined;
    }

    /** Those of {@code more} that are well formed and still have a place. */
    static Map<String, String> joinedAsFits(Map<String, String> known, Map<String, String> more) {
        Map<String, String> joined = new TreeMap<>(known);
        more.forEach((key, value) -> {
            boolean fits = joined.size() < MAX_ENTRIES || joined.containsKey(key);
            if (fits
                    && !key.isBlank()
                    && key.length() <= Facet.MAX_KEY
                    && key.chars().noneMatch(Character::isISOControl)) {
                joined.put(key, cut(value, MAX_VALUE));
            }
        });
        return joined;
    }
}
