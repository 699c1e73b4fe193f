package dev.slipway.store.embedded;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.common.BoundedInputStream;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.common.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Artifacts as files named by their digests. A put writes a file of its own under {@code tmp}, forces it to the disk and
 * renames it into place, so that what has a digest for a name is whole.
 */
final class FileArtifactStore implements ArtifactStore {
    private static final int BUFFER = 64 * 1024;

    private final ArtifactFolder folder;
    private final InstantSource clock;

    FileArtifactStore(Path root, InstantSource clock) {
        folder = ArtifactFolder.open(root, clock);
        this.clock = clock;
    }

    @Override
    public Artifact put(InputStream bytes, Optional<Digest> expected) {
        Path temporary = folder.temporary(UUID.randomUUID().toString());
        try {
            Artifact artifact = write(bytes, temporary);
            if (expected.isPresent() && !expected.get().equals(artifact.digest())) {
                throw SlipwayException.invalid(
                        "artifact.digest-mismatch",
                        "The bytes received are " + artifact.digest() + ", not " + expected.get()
                                + " as announced. Send them again.");
            }
            Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
            moveIntoPlace(temporary, artifact.digest());
            return artifact;
        } catch (IOException e) {
            throw StoreErrors.of(e, temporary);
        } finally {
            folder.discard(temporary);
        }
    }

    private static Artifact write(InputStream bytes, Path temporary) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = next(bytes, buffer); read >= 0; read = next(bytes, buffer)) {
                sha256.update(buffer, 0, read);
                ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
                while (part.hasRemaining()) {
                    file.write(part);
                }
                size += read;
            }
            file.force(true);
        }
        return new Artifact(Digest.finish(sha256), size);
    }

    private static int next(InputStream bytes, byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact.interrupted", "The bytes ended with an error, nothing was stored: " + e.getMessage(), e);
        }
    }

    private void moveIntoPlace(Path temporary, Digest digest) throws IOException {
        Path file = folder.file(digest);
        ArtifactFolder.makeFolders(file.getParent());
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Where a rename does not replace: the file that is there has the same bytes.
            return;
        }
        ArtifactFolder.force(file.getParent());
    }

    @Override
    public InputStream open(Digest digest, long offset, OptionalLong length) {
        try {
            FileChannel channel = folder.read(digest, file -> FileChannel.open(file, StandardOpenOption.READ));
            try {
                long size = channel.size();
                long end = end(digest, offset, length, size);
                channel.position(offset);
                InputStream bytes = Channels.newInputStream(channel);
                return offset == 0 && end == size
                        ? new VerifyingInputStream(bytes, digest, size)
                        : new BoundedInputStream(bytes, end - offset);
            } catch (IOException | SlipwayException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound("artifact.unknown", "There is no artifact " + digest + ".");
        } catch (IOException e) {
            throw StoreErrors.of(e, folder.file(digest));
        }
    }

    private static long end(Digest digest, long offset, OptionalLong length, long size) {
        if (offset < 0 || offset > size || length.orElse(0) < 0) {
            throw SlipwayException.invalid(
                    "artifact.range",
                    "Artifact " + digest + " has " + size + " bytes; offset " + offset + " and length " + length
                            + " are no range of it.");
        }
        return offset + Math.min(length.orElse(size), size - offset);
    }

    @Override
    public OptionalLong size(Digest digest) {
        try {
            return OptionalLong.of(folder.read(digest, Files::size));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw StoreErrors.of(e, folder.file(digest));
        }
    }

    @Override
    public Page<ListedArtifact> list(int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        Cursor cursors = Cursor.of("artifacts");
        String after =
                cursor.map(text -> (String) cursors.read(text, "t").get(0)).orElse("");
        List<ListedArtifact> found = folder.list(after, limit + 1);
        return Pages.of(
                found,
                limit,
                artifact -> artifact,
                last -> cursors.write(List.of(last.artifact().digest().hex())));
    }

    @Override
    public boolean delete(Digest digest, Instant notPutSince) {
        try {
            return folder.remove(digest, notPutSince);
        } catch (IOException e) {
            throw StoreErrors.of(e, folder.file(digest));
        }
    }

    @Override
    public void close() {
        // Holds nothing open between calls.
    }
}
