package dev.slipway.store.arangodb;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.OrderedDouble;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values as texts whose order in ArangoDB is the order that the port demands: numbers before texts, numbers by their
 * value, texts by their UTF-8 bytes.
 *
 * <p>ArangoDB compares texts by the collation of the server's language (ICU), not by bytes, and some languages sort pairs
 * of letters as one. So only digits, in every language the lowest characters, and seven consonants are used that stand
 * in the order of the alphabet and form no pair in any: one character for each half byte, greater than {@link #END}. A
 * value tells its own end, so no value is the beginning of another, and values may be put one after the other.
 */
final class Ordered {
    /** Ends a text and a key; lower than every half byte. */
    static final char END = '0';

    /** Greater than every character used: {@code prefix + AFTER} is greater than all that begins with the prefix. */
    static final char AFTER = 'z';

    static final String NUMBERS = "1";
    static final String TEXTS = "2";
    /** Begins what stands after all values. */
    static final String AFTER_VALUES = "3";
    /** Begins what stands before all values. */
    static final String BEFORE_VALUES = "0";

    /** How long {@link #id} is. */
    static final int ID_LENGTH = 32;

    private static final String HALF_BYTES = "123456789bkmpqrx";

    private Ordered() {}

    static String number(long value) {
        StringBuilder text = new StringBuilder(NUMBERS);
        // With the sign flipped, two's complement sorts as it counts.
        long flipped = value ^ Long.MIN_VALUE;
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            text.append(HALF_BYTES.charAt((int) (flipped >>> shift) & 0xf));
        }
        return text.toString();
    }

    static String text(String value) {
        return TEXTS + bytes(value.getBytes(StandardCharsets.UTF_8)) + END;
    }

    static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 * bytes.length);
        for (byte value : bytes) {
            text.append(HALF_BYTES.charAt(value >> 4 & 0xf)).append(HALF_BYTES.charAt(value & 0xf));
        }
        return text.toString();
    }

    static String id(EntityId id) {
        StringBuilder text = new StringBuilder(ID_LENGTH);
        id.value().chars().forEach(digit -> text.append(HALF_BYTES.charAt(Character.digit(digit, 16))));
        return text.toString();
    }

    static EntityId id(String ordered) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        ordered.chars().forEach(half -> id.append(Character.forDigit(HALF_BYTES.indexOf(half), 16)));
        return new EntityId(id.toString());
    }

    /** The values of a key, or the first ones of it: all keys that begin so begin with this text. */
    static String key(List<IndexValue> values) {
        StringBuilder text = new StringBuilder();
        for (IndexValue value : values) {
            text.append(
                    value instanceof IndexValue.Numeric number
                            ? number(number.value())
                            : text(((IndexValue.Text) value).value()));
        }
        return text.toString();
    }

    /** An entity's place among all keys: a shorter key stands before the longer ones that begin like it. */
    static String place(List<IndexValue> key, EntityId id) {
        return key(key) + END + id(id);
    }

    static String facet(Facet.Value value) {
        return value instanceof Facet.Value.Num number
                ? number(OrderedDouble.encode(number.value()))
                : text(value.text());
    }

    static Facet.Value facet(String ordered) {
        if (ordered.startsWith(NUMBERS)) {
            long flipped = 0;
            for (int i = 1; i < ordered.length(); i++) {
                flipped = flipped << 4 | half(ordered, i);
            }
            return new Facet.Value.Num(OrderedDouble.decode(flipped ^ Long.MIN_VALUE));
        }
        byte[] bytes = new byte[(ordered.length() - 2) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (half(ordered, 2 * i + 1) << 4 | half(ordered, 2 * i + 2));
        }
        return new Facet.Value.Text(new String(bytes, StandardCharsets.UTF_8));
    }

    private static int half(String ordered, int at) {
        return HALF_BYTES.indexOf(ordered.charAt(at));
    }
}
