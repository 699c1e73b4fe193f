package dev.slipway.standalone.fetch;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Brings one file of a release to its place: whole and with the right checksum, or not at all. */
record Download(Path file, Manifest.Entry entry) {
    /** Opens the file's address from an offset on. */
    interface Source {
        HttpResponse<InputStream> open(String path, long offset);
    }

    Path run(Source source) {
        try {
            if (Files.exists(file) && entry.sha256().equals(digest(file))) {
                return file;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = file.resolveSibling(
                    file.getFileName() + "." + entry.sha256().substring(0, 12) + ".part");
            receive(source, part);
            if (!entry.sha256().equals(digest(part))) {
                Files.delete(part);
                throw SlipwayException.invalid(
                        "fetch.checksum",
                        "What was fetched for " + file.getFileName()
                                + " does not have the checksum of the manifest; it was" + " thrown away. Fetch again.");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "fetch.file",
                    "Can't bring " + file + " into place (" + e
                            + "). What came so far is kept: run the same command again.",
                    e);
        }
    }

    private void receive(Source source, Path part) throws IOException {
        long there = Files.exists(part) ? Files.size(part) : 0;
        if (there >= entry.size()) {
            return;
        }
        HttpResponse<InputStream> response = source.open(entry.path(), there);
        boolean resumed = response.statusCode() == 206;
        try (InputStream body = response.body();
                OutputStream out = Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            long left = entry.size() - (resumed ? there : 0);
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw new IOException("more bytes came than the manifest says");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            Files.copy(file, sink);
        }
        return Digest.finish(sha256).hex();
    }
}
