package dev.slipway.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** SQLite's order of the values used: doubles (all lower than every long), longs, texts by their bytes, blobs (all empty). */
final class StoredOrder {
    private StoredOrder() {}

    static int compare(Object left, Object right) {
        if (left instanceof Long leftNumber && right instanceof Long rightNumber) {
            return Long.compare(leftNumber, rightNumber);
        }
        if (left instanceof Double leftNumber && right instanceof Double rightNumber) {
            return Double.compare(leftNumber, rightNumber);
        }
        if (left instanceof String leftText && right instanceof String rightText) {
            return Arrays.compareUnsigned(
                    leftText.getBytes(StandardCharsets.UTF_8), rightText.getBytes(StandardCharsets.UTF_8));
        }
        return Integer.compare(rank(left), rank(right));
    }

    private static int rank(Object value) {
        if (value instanceof Double) {
            return 0;
        }
        return value instanceof Long ? 1 : value instanceof String ? 2 : 3;
    }
}
