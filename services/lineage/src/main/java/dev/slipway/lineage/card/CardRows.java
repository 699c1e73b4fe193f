package dev.slipway.lineage.card;

import io.micronaut.core.annotation.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A table of names and what is known of each. */
final class CardRows {
    private static final int MOST = 200;

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row, unless nothing is known. */
    void add(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            rows.add(List.of(name, Markdown.escaped(value)));
        }
    }

    void table(Markdown text) {
        bounded(text, List.of("", ""), rows);
    }

    /** A table of which only the first rows are shown. */
    static void bounded(Markdown text, List<String> head, List<List<String>> rows) {
        text.table(head, some(rows, MOST));
        if (rows.size() > MOST) {
            text.paragraph("… and " + (rows.size() - MOST) + " more.");
        }
    }

    static <T> List<T> some(List<T> all, int most) {
        return all.subList(0, Math.min(all.size(), most));
    }

    static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }
}
