package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A process of little memory that puts and gets one large artifact, and says how long that took. */
final class SmallHeap {
    private SmallHeap() {}

    /** Takes the endpoint, both keys and the size in bytes. */
    public static void main(String[] arguments) throws IOException {
        long size = Long.parseLong(arguments[3]);
        S3Settings settings = S3Settings.of(URI.create(arguments[0]), "large", arguments[1], arguments[2]);
        try (S3ArtifactStore store = S3ArtifactStore.open(settings, InstantSource.system())) {
            long begun = System.nanoTime();
            Artifact artifact = store.put(new RandomBytes(size), Optional.<Digest>empty());
            long put = System.nanoTime();
            long read;
            try (InputStream bytes = store.open(artifact.digest(), 0, OptionalLong.empty())) {
                read = bytes.transferTo(OutputStream.nullOutputStream());
            }
            long got = System.nanoTime();
            System.out.printf(
                    "%d bytes put in %d ms, %d bytes got in %d ms, heap of %d MiB at most%n",
                    artifact.size(),
                    Duration.ofNanos(put - begun).toMillis(),
                    read,
                    Duration.ofNanos(got - put).toMillis(),
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    /** So many bytes: a megabyte of random ones, with the position written over its beginning. */
    private static final class RandomBytes extends InputStream {
        private final byte[] block = new byte[1 << 20];
        private final long size;
        private long position;

        RandomBytes(long size) {
            this.size = size;
            new Random().nextBytes(block);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in blocks");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == size) {
                return -1;
            }
            int from = (int) (position % block.length);
            int count = (int) Math.min(Math.min(length, block.length - from), size - position);
            block[from] ^= (byte) (position / block.length);
            System.arraycopy(block, from, buffer, offset, count);
            position += count;
            return count;
        }
    }
}
