package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Asks a server for lists that come in pages. */
final class RestPages {
    /** No page is empty so often in a row, unless it will be for ever. */
    private static final int MOST_EMPTY = 100;

    private final Rest rest;

    RestPages(Rest rest) {
        this.rest = rest;
    }

    /**
     * Asks for page after page.
     *
     * @param reader takes an answer and returns how much of it was new
     */
    void read(Function<String, Json> question, Function<Json, Integer> reader) {
        int empty = 0;
        String token = null;
        do {
            Json answer = question.apply(token);
            empty = reader.apply(answer) > 0 ? 0 : empty + 1;
            String next = answer.text("next_page_token");
            if (next != null && (next.equals(token) || empty == MOST_EMPTY)) {
                throw SlipwayException.invalid(
                        "import.source-pages", rest.address() + " gives the same page again and again.");
            }
            token = next;
        } while (token != null);
    }

    /** Fails when there are more of a kind than any source has. */
    void bound(long count) {
        if (count > Source.MOST) {
            throw SlipwayException.tooLarge(
                    "import.source-size", rest.address() + " has more than " + Source.MOST + " of a kind.");
        }
    }

    static Map<String, Object> body(Map<String, Object> search, @Nullable String token) {
        Map<String, Object> body = new HashMap<>(search);
        if (token != null) {
            body.put("page_token", token);
        }
        return body;
    }

    static Map<String, String> query(Map<String, String> question, @Nullable String token) {
        Map<String, String> query = new HashMap<>(question);
        if (token != null) {
            query.put("page_token", token);
        }
        return query;
    }
}
