package dev.slipway.store.common;

import dev.slipway.kernel.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes what is read and fails, before it gives away the last byte, if that is not what the digest names. */
public final class VerifyingInputStream extends FilterInputStream {
    private final MessageDigest sha256 = Digest.newSha256();
    private final Digest digest;
    private long left;
    private boolean verified;

    /**
     * The stream of an artifact.
     *
     * @param size how many bytes there are
     */
    public VerifyingInputStream(InputStream bytes, Digest digest, long size) {
        super(bytes);
        this.digest = digest;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            verify();
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        int read = super.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw damaged();
        }
        sha256.update(buffer, offset, read);
        left -= read;
        if (left == 0) {
            verify();
        }
        return read;
    }

    private void verify() throws IOException {
        if (!verified && !Digest.finish(sha256).equals(digest)) {
            throw damaged();
        }
        verified = true;
    }

    private IOException damaged() {
        return new IOException("artifact " + digest + " is damaged in the store; restore it from a backup");
    }

    /** Skipped bytes are read, because they belong to the digest. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(count, 0), 8192)];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
