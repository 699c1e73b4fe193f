package dev.slipway.store.cassandra;

import java.util.Arrays;

/**
 * A chunk as it is stored.
 *
 * @param hash its name, told by its points
 * @param count how many points it holds
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its name alone, and never altered
record StoredChunk(long firstStep, byte[] hash, long lastStep, int count, byte[] points) {
    boolean hasName(byte[] other) {
        return Arrays.equals(hash, other);
    }
}
