package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes lines of a section into one file until it is large enough and can be gone on from. */
final class PartWriter {
    private static final int BUFFER = 64 * 1024;

    /**
     * What was written.
     *
     * @param lines how many
     * @param after where to go on; empty if that was all
     */
    record Written(Digest sha256, long lines, Optional<String> after) {}

    /** Is given each line before it is written; false leaves it out. */
    interface Filter {
        boolean keep(byte[] line);
    }

    private PartWriter() {}

    /** @param bytes of lines, uncompressed, after which a file is large enough */
    static Written write(Path file, LineSource source, Sum sum, Filter filter, long bytes) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        long before = sum.lines();
        Optional<String> after;
        try (OutputStream out = new BufferedOutputStream(
                new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(file), sha256), BUFFER), BUFFER)) {
            after = write(out, source, sum, filter, bytes);
        }
        return new Written(Digest.finish(sha256), sum.lines() - before, after);
    }

    private static Optional<String> write(OutputStream out, LineSource source, Sum sum, Filter filter, long bytes)
            throws IOException {
        long written = 0;
        for (Optional<Line> line = source.next(); line.isPresent(); line = source.next()) {
            byte[] json = line.get().json();
            if (filter.keep(json)) {
                out.write(json);
                out.write('\n');
                sum.add(json);
                written += json.length + 1;
            }
            if (written >= bytes && line.get().after().isPresent()) {
                return line.get().after();
            }
        }
        return Optional.empty();
    }
}
