package dev.slipway.gateway.schema;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiFunction;

/**
 * A page of a list, asked for by {@code first} and {@code after}. The contracts give a cursor for the end of a page only, so the
 * cursor of an item is that of the page's beginning and how many items of it to skip; that of a page's last item is
 * the contract's own whenever there is more.
 *
 * @param first how many items are wanted
 * @param cursor where the contract's page begins; null for the beginning of the list
 * @param skip how many of its items come before those wanted
 */
record PageRequest(int first, @Nullable String cursor, int skip) {
    static PageRequest of(Arguments arguments) {
        int first = Page.checkLimit(arguments.integer("first"));
        String after = arguments.optionalText("after");
        PageRequest request = after == null ? new PageRequest(first, null, 0) : decode(first, after);
        if (first + request.skip > Page.MAX_LIMIT) {
            throw SlipwayException.invalid(
                    "graphql.cursor",
                    "This cursor stands " + request.skip + " items inside a page, so at most "
                            + (Page.MAX_LIMIT - request.skip)
                            + " can follow: ask for fewer, or go on from an endCursor.");
        }
        return request;
    }

    /** The page, read by a function of limit and cursor. */
    <T> Connection<T> from(BiFunction<Integer, String, Page<T>> read) {
        Page<T> page = read.apply(first + skip, cursor);
        return Connection.of(page, this);
    }

    /** The cursor of the item after which {@code count} items of the contract's page have been seen. */
    String after(int count) {
        return encode(cursor, count);
    }

    static String encode(@Nullable String cursor, int skip) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((skip + ":" + (cursor == null ? "" : cursor)).getBytes(StandardCharsets.UTF_8));
    }

    private static PageRequest decode(int first, String after) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            int skip = Integer.parseInt(text.substring(0, Math.max(colon, 0)));
            if (skip >= 0 && skip <= Page.MAX_LIMIT) {
                String cursor = text.substring(colon + 1);
                return new PageRequest(first, cursor.isEmpty() ? null : cursor, skip);
            }
        } catch (IllegalArgumentException e) {
            // Told below: whatever is wrong with it, it is none of ours.
        }
        throw SlipwayException.invalid(
                "graphql.cursor", "'after' is no cursor of this list: give an endCursor or an edge's cursor.");
    }
}
