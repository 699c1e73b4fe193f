package dev.slipway.store.arangodb.fake;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of {@code SORT} and of the comparison operators: null, booleans, numbers, texts, arrays, objects.
 *
 * <p>Texts are in the order of a language, not of their bytes, as on a server with default settings: "a" before "B"
 * before "c", punctuation before digits before letters. It is only near to ICU's collation, but near enough that a
 * query which needs the order of bytes shows it.
 */
public final class AqlOrder implements Comparator<Object> {

    @Override
    public int compare(Object left, Object right) {
        int byType = Integer.compare(rank(left), rank(right));
        if (byType != 0 || left == null) {
            return byType;
        }
        if (left instanceof Boolean bool) {
            return bool.compareTo((Boolean) right);
        }
        if (left instanceof Number number) {
            return decimal(number).compareTo(decimal((Number) right));
        }
        if (left instanceof String text) {
            return compareTexts(text, (String) right);
        }
        if (left instanceof List<?> array) {
            return compareArrays(array, (List<?>) right);
        }
        return compareObjects((Map<?, ?>) left, (Map<?, ?>) right);
    }

    private static int rank(Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Boolean) {
            return 1;
        }
        if (value instanceof Number) {
            return 2;
        }
        if (value instanceof String) {
            return 3;
        }
        return value instanceof List ? 4 : 5;
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }

    private static int compareTexts(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int byLetter = Integer.compare(primary(a[i]), primary(b[i]));
            if (byLetter != 0) {
                return byLetter;
            }
        }
        if (a.length != b.length) {
            return Integer.compare(a.length, b.length);
        }
        // Only the case differs, or nothing: lower case is first.
        return right.compareTo(left);
    }

    private static int primary(int letter) {
        if (Character.isLetter(letter)) {
            return (2 << 24) + Character.toLowerCase(letter);
        }
        return Character.isDigit(letter) ? (1 << 24) + letter : letter;
    }

    private int compareArrays(List<?> left, List<?> right) {
        Iterator<?> a = left.iterator();
        Iterator<?> b = right.iterator();
        while (a.hasNext() || b.hasNext()) {
            int byElement = compare(a.hasNext() ? a.next() : null, b.hasNext() ? b.next() : null);
            if (byElement != 0) {
                return byElement;
            }
        }
        return 0;
    }

    private int compareObjects(Map<?, ?> left, Map<?, ?> right) {
        TreeMap<Object, Object> names = new TreeMap<>(this);
        names.putAll(left);
        names.putAll(right);
        for (Object name : names.keySet()) {
            int byValue = compare(left.get(name), right.get(name));
            if (byValue != 0) {
                return byValue;
            }
        }
        return 0;
    }
}
