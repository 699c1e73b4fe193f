package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** The bytes of one part, in an array that grows with them, so that a small artifact takes little memory. */
final class PartBuffer {
    private static final int FIRST_SIZE = 64 * 1024;

    private final int capacity;
    private byte[] bytes;
    private int length;

    /**
     * An empty buffer.
     *
     * @param capacity how many bytes a part has
     */
    PartBuffer(int capacity) {
        this.capacity = capacity;
        this.bytes = new byte[Math.min(FIRST_SIZE, capacity)];
    }

    /** Forgets its bytes, then reads a part, or what is left. */
    void fill(InputStream from, MessageDigest whole) throws IOException {
        length = 0;
        while (length < capacity) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, 2L * bytes.length));
            }
            int read = from.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        whole.update(bytes, 0, length);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isFull() {
        return length == capacity;
    }

    /** The SHA-256 in the form that S3's headers have. */
    String sha256() {
        MessageDigest sha256 = Digest.newSha256();
        sha256.update(bytes, 0, length);
        return Base64.getEncoder().encodeToString(sha256.digest());
    }
}
