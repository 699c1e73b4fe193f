package dev.slipway.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The end of a file, where the bytes of its buffers lie one after the other.
 *
 * <p>A FlatBuffer is built from its end, so everything before this region can be built in memory, however large the
 * region is, and the region itself is copied straight from where the bytes come from. Equal contents are kept once.
 */
final class WeightRegion {
    // Kernels read weights in place with vector instructions.
    private static final int ALIGNMENT = 16;

    /** Buffers of this size, by a check sum where there are several of it. */
    private record Content(int size, long checkSum) {}

    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final Map<Content, List<Integer>> known = new HashMap<>();
    private final List<ByteBuffer> contents = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private long end;

    /** Says that a buffer will come. Only those of equal sizes need to be compared, so all must be announced first. */
    void announce(ByteBuffer data) {
        sizes.merge(data.remaining(), 1, Integer::sum);
    }

    /** The number of the buffer with this content, counted from 0. */
    int add(ByteBuffer data) {
        Content content = new Content(data.remaining(), isOnlyOne(data) ? 0 : checkSum(data));
        List<Integer> candidates = known.computeIfAbsent(content, key -> new ArrayList<>());
        for (int candidate : candidates) {
            if (contents.get(candidate).equals(data)) {
                return candidate;
            }
        }
        candidates.add(contents.size());
        contents.add(data.duplicate());
        // The vector's length comes right before its aligned contents.
        long position = aligned(end + Integer.BYTES) - Integer.BYTES;
        positions.add(position);
        end = position + Integer.BYTES + data.remaining();
        return contents.size() - 1;
    }

    /** The number of buffers. */
    int count() {
        return contents.size();
    }

    /** Where the buffer's vector begins, counted from the region's beginning; never 0. */
    long position(int number) {
        return positions.get(number);
    }

    /** The bytes of the whole region. */
    long size() {
        return end;
    }

    /** The alignment of its beginning in the file. */
    static int alignment() {
        return ALIGNMENT;
    }

    /** The region's bytes in order. The contents are views of what was added. */
    List<ByteBuffer> bytes() {
        List<ByteBuffer> bytes = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < contents.size(); i++) {
            int gap = (int) (positions.get(i) - at);
            bytes.add(ByteBuffer.allocate(gap + Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(gap, contents.get(i).remaining()));
            bytes.add(contents.get(i).duplicate());
            at = positions.get(i) + Integer.BYTES + contents.get(i).remaining();
        }
        return bytes;
    }

    private boolean isOnlyOne(ByteBuffer data) {
        return sizes.getOrDefault(data.remaining(), 0) == 1;
    }

    private static long checkSum(ByteBuffer data) {
        CRC32C sum = new CRC32C();
        sum.update(data.duplicate());
        return sum.getValue();
    }

    private static long aligned(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
