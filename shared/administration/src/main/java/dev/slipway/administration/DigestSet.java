package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.Artifact;
import java.util.Arrays;

/** Digests in the order of their values, with their artifacts' sizes: 40 bytes of memory each, half as many again at most. */
final class DigestSet {
    static final int WORDS = 4;
    private static final int DIGITS = 16;

    private long[] words = new long[WORDS * 1024];
    private long[] sizes = new long[1024];
    private int count;

    /** Adds one that is greater than all before. */
    void add(Artifact artifact) {
        if (count == sizes.length) {
            int more = Math.addExact(count, count / 2);
            words = Arrays.copyOf(words, Math.multiplyExact(more, WORDS));
            sizes = Arrays.copyOf(sizes, more);
        }
        String hex = artifact.digest().hex();
        for (int word = 0; word < WORDS; word++) {
            words[count * WORDS + word] = Long.parseUnsignedLong(hex.substring(word * DIGITS, (word + 1) * DIGITS), 16);
        }
        sizes[count] = artifact.size();
        count++;
        if (count > 1 && compare(count - 2, words[at(0)], words[at(1)], words[at(2)], words[at(3)]) >= 0) {
            throw new IllegalStateException("the store lists artifacts out of order: " + hex);
        }
    }

    private int at(int word) {
        return (count - 1) * WORDS + word;
    }

    int count() {
        return count;
    }

    long size(int index) {
        return sizes[index];
    }

    Digest digest(int index) {
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < WORDS; word++) {
            String digits = Long.toHexString(words[index * WORDS + word]);
            hex.append("0".repeat(DIGITS - digits.length())).append(digits);
        }
        return new Digest(hex.toString());
    }

    /** Where a digest of four words stands; negative if it is not there. */
    int indexOf(long first, long second, long third, long fourth) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, first, second, third, fourth);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compare(int index, long first, long second, long third, long fourth) {
        int at = index * WORDS;
        int order = Long.compareUnsigned(words[at], first);
        order = order != 0 ? order : Long.compareUnsigned(words[at + 1], second);
        order = order != 0 ? order : Long.compareUnsigned(words[at + 2], third);
        return order != 0 ? order : Long.compareUnsigned(words[at + 3], fourth);
    }
}
