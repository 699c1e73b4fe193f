package dev.slipway.registry.delivery;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            // Where another process was quicker, its key is as good.
            return PrivateFile.create(folder.resolve(FIRST), text);
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

    private SlipwayException unavailable(String what, IOException cause) {
        return SlipwayException.unavailable(
                "delivery.key-folder",
                "Can't " + what + " the keys in " + folder + " (slipway.delivery.keys): " + cause.getMessage(),
                cause);
    }
}
