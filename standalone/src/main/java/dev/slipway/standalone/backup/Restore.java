package dev.slipway.standalone.backup;

import dev.slipway.administration.Progress;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.embedded.DatabaseCopies;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.embedded.FolderLock;
import dev.slipway.store.embedded.StoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Fills an empty data folder with a backup. Until all is in place and verified the folder has a mark, by which everybody else
 * refuses it; run again, it goes on.
 */
public final class Restore {
    private static final String ARTIFACTS = "artifacts";
    private static final String KEYS = "keys";

    private final BackupFolder folder;
    private final Path data;
    private final InstantSource clock;
    private final Progress progress;

    public Restore(BackupFolder folder, Path data, InstantSource clock, Progress progress) {
        this.folder = folder;
        this.data = data.toAbsolutePath().normalize();
        this.clock = clock;
        this.progress = progress;
    }

    /** What was restored. */
    public record Restored(String name, BackupManifest manifest) {}

    /**
     * Restores the backup of that name, or the newest.
     *
     * @throws SlipwayException {@code NOT_FOUND} with {@code backup.none}, {@code backup.unknown} or {@code backup.missing-file};
     *     {@code INVALID} with {@code backup.manifest} or {@code backup.altered}; {@code UNSUPPORTED} with {@code
     *     backup.newer-format} or {@code store.newer-version}; {@code CONFLICT} with {@code restore.not-empty} or {@code
     *     restore.running}; {@code UNAVAILABLE} with {@code restore.full} or {@code restore.unwritable}
     */
    public Restored run(Optional<String> wanted) {
        try {
            return folder.lockShared().during(() -> restore(folder.choose(wanted)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Restored restore(String name) throws IOException {
        Digest id = Digest.of(folder.manifestOf(name));
        BackupManifest manifest = folder.manifest(name);
        DatabaseCopies.requireReadable(manifest.graphSchema(), manifest.metricSchema());
        Path mark = data.resolve(EmbeddedStores.RESTORING);
        requireEmpty(mark);
        DurableFiles.makeFolder(data);
        return lock(mark).during(() -> {
            begin(mark, id);
            fill(folder.backup(name), manifest);
            Files.delete(mark);
            DurableFiles.force(data);
            return new Restored(name, manifest);
        });
    }

    private void requireEmpty(Path mark) throws IOException {
        if (!Files.exists(data) || Files.exists(mark)) {
            return;
        }
        try (Stream<Path> children = Files.list(data)) {
            Optional<Path> foreign =
                    children.filter(child -> !BackupFolder.isOfTheSystem(child)).findAny();
            if (foreign.isPresent()) {
                throw SlipwayException.conflict(
                        "restore.not-empty",
                        data + " already holds " + foreign.get().getFileName()
                                + ". Nothing was touched. Stop its server and move the folder away, or name another.");
            }
        }
    }

    private FolderLock lock(Path mark) throws IOException {
        return FolderLock.exclusive(mark)
                .orElseThrow(() -> SlipwayException.conflict(
                        "restore.running", "Another restore into " + data + " is running. Wait until it has ended."));
    }

    /** Goes on with what a restore of this backup has left, and takes away what that of another has. */
    private void begin(Path mark, Digest backup) throws IOException {
        if (!Files.readString(mark).equals(backup.hex())) {
            for (String name : List.of(EmbeddedStores.GRAPH, EmbeddedStores.METRICS, ARTIFACTS, KEYS)) {
                DurableFiles.remove(data.resolve(name));
            }
            Files.write(mark, backup.hex().getBytes(StandardCharsets.US_ASCII), StandardOpenOption.SYNC);
            DurableFiles.force(data);
        }
    }

    private void fill(Path backup, BackupManifest manifest) throws IOException {
        long bytes = manifest.artifactBytes()
                + manifest.files().stream().mapToLong(BackupFile::size).sum();
        requireRoom(bytes);
        for (BackupFile file : manifest.files()) {
            if (file.name().equals(ArtifactList.NAME)) {
                verify(backup.resolve(file.name()), file);
                artifacts(backup, manifest.artifacts());
            } else {
                copy(backup, file);
            }
        }
        if (!DatabaseCopies.examine(data).rows().equals(manifest.rows())) {
            throw altered(backup.resolve(BackupFolder.MANIFEST));
        }
    }

    /** What an earlier run has brought here needs room no more. */
    private void requireRoom(long bytes) throws IOException {
        long there = 0;
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                there += Files.size(file);
            }
        }
        long usable = Files.getFileStore(data).getUsableSpace();
        if (usable < bytes - there) {
            throw full(new IOException(bytes - there + " bytes are needed, " + usable + " are free"));
        }
    }

    private void verify(Path file, BackupFile expected) throws IOException {
        try {
            require(file, expected, DurableFiles.read(file, expected.name()));
        } catch (NoSuchFileException e) {
            throw missing(file);
        }
    }

    private void copy(Path backup, BackupFile expected) throws IOException {
        Path file = backup.resolve(expected.name());
        Path target = data.resolve(expected.name());
        progress.at("restoring " + expected.name() + ", bytes", expected.size());
        DurableFiles.makeFolder(target.getParent());
        try (InputStream bytes = Files.newInputStream(file)) {
            DurableFiles.write(
                    target, expected.name(), bytes, folder::unreadable, written -> require(file, expected, written));
        } catch (NoSuchFileException e) {
            throw missing(file);
        }
    }

    private void artifacts(Path backup, long count) throws IOException {
        long done = 0;
        try (ArtifactStore artifacts = EmbeddedStores.openArtifacts(data, clock);
                ArtifactList list = ArtifactList.open(backup)) {
            for (Optional<Artifact> next = list.next(); next.isPresent(); next = list.next()) {
                Artifact artifact = next.get();
                if (!artifacts.size(artifact.digest()).equals(OptionalLong.of(artifact.size()))) {
                    put(artifacts, artifact);
                }
                progress.at("restoring artifacts of " + count, ++done);
            }
        }
        if (done != count) {
            throw altered(backup.resolve(BackupFolder.MANIFEST));
        }
    }

    private void put(ArtifactStore artifacts, Artifact artifact) throws IOException {
        Path file = folder.artifact(artifact.digest());
        try (InputStream bytes = Files.newInputStream(file)) {
            artifacts.put(bytes, Optional.of(artifact.digest()));
        } catch (NoSuchFileException e) {
            throw missing(file);
        } catch (SlipwayException e) {
            throw switch (e.code()) {
                case "artifact.digest-mismatch" -> altered(file);
                case "store.full" -> full(e);
                default -> e;
            };
        }
    }

    private static void require(Path file, BackupFile expected, BackupFile read) {
        if (!read.equals(expected)) {
            throw altered(file);
        }
    }

    private static SlipwayException altered(Path file) {
        return SlipwayException.invalid(
                "backup.altered",
                file + " is not what was backed up: its size, SHA-256 or count differs. Restore another backup with"
                        + " --backup, or bring the file back and run this again.");
    }

    private static SlipwayException missing(Path file) {
        return SlipwayException.notFound(
                "backup.missing-file",
                "There is no " + file
                        + ". Restore another backup with --backup, or bring the file back and run this again.");
    }

    private SlipwayException unwritable(IOException e) {
        return StoreErrors.isFull(e)
                ? full(e)
                : SlipwayException.unavailable(
                        "restore.unwritable", "The backup can't be restored into " + data + ": " + e, e);
    }

    private SlipwayException full(Exception cause) {
        return SlipwayException.unavailable(
                "restore.full",
                "The disk that holds " + data + " is too small: " + cause.getMessage()
                        + ". Make room and run it again: it goes on from there.",
                cause);
    }
}
