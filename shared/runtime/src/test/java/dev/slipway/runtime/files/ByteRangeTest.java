package dev.slipway.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class ByteRangeTest {
    @Property(tries = 300)
    void fromFirstToLast(
            @ForAll @IntRange(max = 60) int size,
            @ForAll @IntRange(max = 70) int first,
            @ForAll @IntRange(max = 70) int last) {
        ByteRange range = ByteRange.of("bytes=" + first + "-" + last, size);

        if (last < first) {
            assertThat(range).isEqualTo(new ByteRange.Whole());
        } else if (first >= size) {
            assertThat(range).isEqualTo(new ByteRange.Unsatisfiable());
        } else {
            assertThat(cut(range, size)).isEqualTo(Arrays.copyOfRange(bytes(size), first, Math.min(size, last + 1)));
        }
    }

    @Property(tries = 200)
    void theLastBytes(@ForAll @IntRange(max = 60) int size, @ForAll @IntRange(max = 70) int length) {
        ByteRange range = ByteRange.of("bytes=-" + length, size);

        if (length == 0 || size == 0) {
            assertThat(range).isEqualTo(new ByteRange.Unsatisfiable());
        } else {
            assertThat(cut(range, size)).isEqualTo(Arrays.copyOfRange(bytes(size), Math.max(0, size - length), size));
        }
    }

    @Property(tries = 300)
    void whateverIsSentStaysWithinTheFile(
            @ForAll @Chars({'-', ',', ' ', '='}) @CharRange(from = '0', to = '9') @StringLength(max = 30) String text,
            @ForAll @IntRange(max = 1000) int size) {
        if (ByteRange.of("bytes=" + text, size) instanceof ByteRange.Part part) {
            assertThat(part.offset()).isBetween(0L, size - 1L);
            assertThat(part.length()).isBetween(1L, size - part.offset());
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static byte[] cut(ByteRange range, int size) {
        ByteRange.Part part = (ByteRange.Part) range;
        return Arrays.copyOfRange(bytes(size), (int) part.offset(), (int) (part.offset() + part.length()));
    }
}
