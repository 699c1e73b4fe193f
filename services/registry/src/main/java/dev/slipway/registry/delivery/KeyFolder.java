package dev.slipway.registry.delivery;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of key files, {@code *.jwk}, which several processes may share. */
final class KeyFolder {
    private static final String SUFFIX = ".jwk";
    private static final String FIRST = "first" + SUFFIX;
    private static final int MAX_FILES = 32;
    private static final int MAX_SIZE = 16_384;

    /** A key file and what it holds. */
    record KeyFile(Path path, String text) {
        @Override
        public String toString() {
            // Never the text: it is a secret.
            return path.toString();
        }
    }

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** All key files, by name; none when there is no folder yet. */
    List<KeyFile> read() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            List<Path> files = paths.filter(
                            path -> path.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw SlipwayException.tooLarge(
                        "delivery.key", "The key folder " + folder + " holds more than " + MAX_FILES + " key files.");
            }
            List<KeyFile> read = new ArrayList<>();
            for (Path file : files) {
                read.add(new KeyFile(file, text(file)));
            }
            return read;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    /**
     * Writes the first key, whole and readable by its owner only, unless another process was quicker.
     *
     * @return whether this call has written it
     */
    boolean writeFirst(String text) {
        try {
            Files.createDirectories(folder, ownerOnly("rwx------"));
            Path temporary = Files.createTempFile(folder, "new-key", ".tmp", ownerOnly("rw-------"));
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                // A link, not a move: it fails when the name is taken, so all processes end up with one key.
                Files.createLink(folder.resolve(FIRST), temporary);
                return true;
            } catch (FileAlreadyExistsException e) {
                // The other process's key is as good.
                return false;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unavailable("write", e);
        }
    }

    /** Takes back what {@link #writeFirst} has written. */
    void removeFirst() {
        try {
            Files.deleteIfExists(folder.resolve(FIRST));
        } catch (IOException e) {
            throw unavailable("write", e);
        }
    }

    private String text(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw SlipwayException.tooLarge("delivery.key", "The key file " + file + " is too large to hold one key.");
        }
        return Files.readString(file);
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private SlipwayException unavailable(String what, IOException cause) {
        return SlipwayException.unavailable(
                "delivery.key-folder",
                "Can't " + what + " the keys in " + folder + " (slipway.delivery.keys): " + cause.getMessage(),
                cause);
    }
}
