package dev.slipway.store.cassandra;

import java.nio.ByteBuffer;

/** Blobs as arrays of their own. */
final class Blobs {
    private Blobs() {}

    static byte[] bytes(ByteBuffer blob) {
        byte[] bytes = new byte[blob.remaining()];
        blob.duplicate().get(bytes);
        return bytes;
    }
}
