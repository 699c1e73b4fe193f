package dev.slipway.standalone.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Elements for inputs whose values don't matter: random floats and bytes, otherwise zeros, which are valid indexes. */
final class RandomElements {
    private static final int SEED = 1;

    private RandomElements() {}

    static ByteBuffer of(long bytes, boolean floats, boolean anyBytes) {
        ByteBuffer data = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(SEED);
        while (floats && data.remaining() >= Float.BYTES) {
            data.putFloat((float) random.nextDouble());
        }
        while (anyBytes && data.hasRemaining()) {
            data.put((byte) random.nextInt());
        }
        return data.clear();
    }

    static long count(List<Integer> shape) {
        return shape.stream().mapToLong(length -> length).reduce(1, Math::multiplyExact);
    }
}
