package dev.slipway.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What may still be read of a file. Parts of a hostile file may overlap or be referred to many times, so what is read of
 * them is bounded by the file's size as a whole.
 */
final class ReadBudget {
    /** The least bytes of a file that a table and the reference to it take. */
    static final int TABLE = 16;

    private long left;

    ReadBudget(long bytes) {
        this.left = bytes;
    }

    /** Fails with {@code tflite.malformed} once more has been read than there is. */
    void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw Tables.malformed("parts that add up to more than the file");
        }
    }

    <T> List<T> list(int length, int bytesOfElement, IntFunction<T> element) {
        spend((long) length * bytesOfElement);
        List<T> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(element.apply(i));
        }
        return elements;
    }
}
