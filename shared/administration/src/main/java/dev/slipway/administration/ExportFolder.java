package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of an export. What has its name there is whole: files are written under another one and renamed. */
final class ExportFolder {
    static final String MANIFEST = "manifest.json";
    static final String PROGRESS = "progress.json";
    private static final String UNFINISHED = ".tmp";
    private static final int BUFFER = 64 * 1024;

    private final Path folder;

    ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes something. */
    interface Writing {
        void to(Path file) throws IOException;
    }

    /** Makes the folder; one that holds something else than an export is refused. */
    void make() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> children = Files.list(folder)) {
                boolean foreign =
                        children.anyMatch(child -> !isOurs(child.getFileName().toString()));
                if (foreign) {
                    throw SlipwayException.conflict(
                            "export.not-empty",
                            folder + " holds files that belong to no export. Name a new or empty folder.");
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static boolean isOurs(String name) {
        return name.equals(MANIFEST)
                || name.equals(PROGRESS)
                || name.equals("artifacts")
                || name.endsWith(UNFINISHED)
                || name.matches("[a-z]+-\\d{5,9}\\.jsonl\\.gz");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Where an artifact's bytes lie. */
    String artifact(Digest digest) {
        return "artifacts/" + digest.hex().substring(0, 2) + "/" + digest.hex();
    }

    Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Writes a file that is there whole or not at all, whatever happens. */
    void write(String name, Writing writing) {
        Path file = file(name);
        Path unfinished = file(name + UNFINISHED);
        try {
            Files.createDirectories(file.getParent());
            writing.to(unfinished);
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Whether a file is there with these bytes. */
    boolean holds(ExportedFile expected) {
        try {
            return Files.size(file(expected.name())) == expected.size()
                    && sha256(expected.name()).equals(expected.sha256());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unreadable(expected.name(), e);
        }
    }

    /** {@code export.missing-file} or {@code export.altered} unless the file is there as it was written. */
    void verify(ExportedFile expected) {
        try {
            long size = Files.size(file(expected.name()));
            if (size != expected.size() || !sha256(expected.name()).equals(expected.sha256())) {
                throw SlipwayException.invalid(
                        "export.altered",
                        file(expected.name())
                                + " is not what was exported: its size or its SHA-256 differs from that in " + MANIFEST
                                + ". Copy the export again.");
            }
        } catch (NoSuchFileException e) {
            throw missing(expected.name());
        } catch (IOException e) {
            throw unreadable(expected.name(), e);
        }
    }

    private Digest sha256(String name) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        try (InputStream bytes = Files.newInputStream(file(name))) {
            byte[] buffer = new byte[BUFFER];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return Digest.finish(sha256);
    }

    SlipwayException missing(String name) {
        return SlipwayException.notFound(
                "export.missing-file", "The export has no file " + file(name) + ". Copy the export again, whole.");
    }

    SlipwayException unreadable(String name, IOException e) {
        return SlipwayException.unavailable("export.unreadable", file(name) + " can't be read: " + e, e);
    }

    private SlipwayException unwritable(IOException e) {
        return SlipwayException.unavailable(
                "export.unwritable",
                "The export can't be written to " + folder + ": " + e
                        + ". Make room or mend it, then run the export again: it goes on where it stopped.",
                e);
    }
}
