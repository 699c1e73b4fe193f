package dev.slipway.store.arangodb.fake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes {@code _rev} values and keys, each greater than all before. A revision is a time and a count in ArangoDB's own
 * digits, whose order is not that of their characters: comparing revisions as texts is wrong here as it is there.
 */
public final class Revisions {

    private static final String DIGITS = "-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int COUNT_BITS = 20;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private long last;
    private long lastKey = 100;

    Revisions() {}

    /** What {@code DECODE_REV} makes of a revision: its {@code date} to the millisecond and its {@code count}. */
    public static Map<String, Object> decode(String revision) {
        long value = 0;
        for (int i = 0; i < revision.length(); i++) {
            int digit = DIGITS.indexOf(revision.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("No revision: " + revision);
            }
            value = (value << 6) | digit;
        }
        Map<String, Object> decoded = new LinkedHashMap<>();
        decoded.put("date", DATE.format(Instant.EPOCH.plus(value >>> COUNT_BITS, ChronoUnit.MILLIS)));
        decoded.put("count", value & ((1L << COUNT_BITS) - 1));
        return decoded;
    }

    String next() {
        last = Math.max(last + 1, System.currentTimeMillis() << COUNT_BITS);
        StringBuilder text = new StringBuilder();
        for (long rest = last; rest != 0; rest >>>= 6) {
            text.append(DIGITS.charAt((int) (rest & 63)));
        }
        return text.reverse().toString();
    }

    String nextKey() {
        lastKey++;
        return Long.toString(lastKey);
    }
}
