package dev.slipway.standalone.backup;

import dev.slipway.administration.Progress;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.embedded.DatabaseCopies;
import dev.slipway.store.embedded.DatabaseSnapshot;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.embedded.FolderLock;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes a backup of a data folder, whoever writes to it meanwhile.
 *
 * <p>The databases are taken first, of one moment. What they refer to was put before, so it is on the list of artifacts that
 * is taken afterwards, and is copied without haste: artifacts never change, and a lock keeps the removal of garbage away. Keys
 * are last, for the same reason.
 */
public final class Backup {
    private static final int PAGE = 500;
    private static final String KEYS = "keys";

    private final Path data;
    private final BackupFolder folder;
    private final List<String> notCovered;
    private final String version;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * A backup into a folder.
     *
     * @param notCovered what belongs to the installation and lies elsewhere
     * @param version of Slipway, for the manifest
     */
    public Backup(
            Path data,
            BackupFolder folder,
            List<String> notCovered,
            String version,
            InstantSource clock,
            Progress progress) {
        this.data = data.toAbsolutePath().normalize();
        this.folder = folder;
        this.notCovered = notCovered;
        this.version = version;
        this.clock = clock;
        this.progress = progress;
    }

    /** What was made. */
    public record Made(String name, BackupManifest manifest, long copiedBytes, List<String> removed) {
        public Made {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Makes it, and then removes the oldest.
     *
     * @param keep how many backups to keep, this one included; empty for all
     * @throws SlipwayException {@code CONFLICT} with {@code backup.not-empty}, {@code backup.inside}, {@code backup.running} or
     *     {@code backup.gc-running}; {@code UNAVAILABLE} with {@code backup.full}, {@code backup.unwritable} or {@code
     *     backup.artifact}; {@code NOT_FOUND} with {@code store.no-data}. Then there is no new backup.
     */
    public Made run(Optional<Integer> keep) {
        requireInstallation();
        requireApart();
        try {
            folder.make();
            return folder.lock().during(() -> keepingArtifacts().during(() -> cleanly(keep)));
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
    }

    private Made cleanly(Optional<Integer> keep) throws IOException {
        DurableFiles.remove(folder.unfinished());
        try {
            Made made = make();
            return keep.isPresent()
                    ? new Made(made.name, made.manifest, made.copiedBytes, new Retention(folder).keep(keep.get()))
                    : made;
        } finally {
            DurableFiles.remove(folder.unfinished());
        }
    }

    private void requireInstallation() {
        if (Files.exists(data.resolve(EmbeddedStores.RESTORING))) {
            throw SlipwayException.conflict(
                    "store.unfinished-restore",
                    "A restore into " + data + " has not been finished. Run it again to its end first.");
        }
        if (!Files.isRegularFile(data.resolve(EmbeddedStores.GRAPH))) {
            throw SlipwayException.notFound(
                    "store.no-data", data + " holds no installation. Name the server's folder with --data.");
        }
    }

    private void requireApart() {
        Path source = real(data);
        Path target = real(folder.path());
        if (source.startsWith(target) || target.startsWith(source)) {
            throw SlipwayException.conflict(
                    "backup.inside",
                    "The folder of backups, " + target + ", and the data folder, " + source
                            + ", lie in one another. Name another folder, better on another disk.");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Not there yet: its parent may be a link.
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    private FolderLock keepingArtifacts() throws IOException {
        Path file = data.resolve(EmbeddedStores.MAINTENANCE);
        return FolderLock.exclusive(file)
                .orElseThrow(() -> SlipwayException.conflict(
                        "backup.gc-running",
                        "'slipway admin gc' or another backup of " + data + " is running. Wait until it has ended."));
    }

    private Made make() throws IOException {
        Path target = folder.unfinished();
        DurableFiles.makeFolder(target);
        List<BackupFile> files = new ArrayList<>();
        Instant moment;
        Artifacts listed;
        try (DatabaseSnapshot snapshot = DatabaseSnapshot.of(data)) {
            moment = clock.instant();
            requireRoom(snapshot.size());
            for (String name : List.of(EmbeddedStores.GRAPH, EmbeddedStores.METRICS)) {
                DurableFiles.makeFile(target.resolve(name));
            }
            snapshot.copyTo(target, bytes -> progress.at("copying databases, bytes", bytes));
        } catch (SlipwayException e) {
            throw e.code().equals("store.full") ? folder.full(e) : e;
        }
        DatabaseCopies databases = DatabaseCopies.examine(target);
        for (String name : List.of(EmbeddedStores.GRAPH, EmbeddedStores.METRICS)) {
            DurableFiles.force(target.resolve(name));
            files.add(DurableFiles.read(target.resolve(name), name));
        }
        try (ArtifactStore artifacts = EmbeddedStores.openArtifacts(data, clock)) {
            listed = list(artifacts, target);
            requireRoom(listed.missingBytes);
            copy(artifacts, listed.count);
        }
        files.add(DurableFiles.read(target.resolve(ArtifactList.NAME), ArtifactList.NAME));
        files.addAll(keys(target));
        BackupManifest manifest = new BackupManifest(
                BackupManifest.FORMAT,
                version,
                moment.toString(),
                databases.graphSchema(),
                databases.metricSchema(),
                databases.rows(),
                listed.count,
                listed.bytes,
                files,
                notCovered);
        write(target, BackupFolder.MANIFEST, new ByteArrayInputStream(manifest.json()));
        String name = folder.name(moment);
        Files.move(target, folder.backup(name), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.force(folder.path());
        return new Made(name, manifest, listed.missingBytes, List.of());
    }

    private void requireRoom(long bytes) throws IOException {
        long usable = Files.getFileStore(folder.path()).getUsableSpace();
        if (usable < bytes) {
            throw folder.full(new IOException(bytes + " bytes are needed, " + usable + " are free"));
        }
    }

    private record Artifacts(long count, long bytes, long missingBytes) {}

    private Artifacts list(ArtifactStore artifacts, Path target) throws IOException {
        long count = 0;
        long bytes = 0;
        long missing = 0;
        Path file = target.resolve(ArtifactList.NAME);
        DurableFiles.makeFile(file);
        try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            Optional<String> cursor = Optional.empty();
            do {
                Page<ListedArtifact> page = artifacts.list(PAGE, cursor);
                for (ListedArtifact each : page.items()) {
                    lines.write(ArtifactList.line(each.artifact()));
                    bytes += each.artifact().size();
                    missing += has(each.artifact()) ? 0 : each.artifact().size();
                }
                count += page.items().size();
                progress.at("listing artifacts", count);
                cursor = page.next();
            } while (cursor.isPresent());
        }
        DurableFiles.force(file);
        return new Artifacts(count, bytes, missing);
    }

    /** Of an earlier backup. What has its name there is whole. */
    private boolean has(Artifact artifact) throws IOException {
        Path file = folder.artifact(artifact.digest());
        return Files.isRegularFile(file) && Files.size(file) == artifact.size();
    }

    private void copy(ArtifactStore artifacts, long count) throws IOException {
        long done = 0;
        try (ArtifactList list = ArtifactList.open(folder.unfinished())) {
            for (Optional<Artifact> next = list.next(); next.isPresent(); next = list.next()) {
                if (!has(next.get())) {
                    copy(artifacts, next.get());
                }
                progress.at("copying artifacts of " + count, ++done);
            }
        }
    }

    private void copy(ArtifactStore artifacts, Artifact artifact) throws IOException {
        Path file = folder.artifact(artifact.digest());
        DurableFiles.makeFolder(file.getParent());
        // The store checks the digest.
        try (InputStream bytes = artifacts.open(artifact.digest(), 0, OptionalLong.empty())) {
            DurableFiles.write(file, file.getFileName().toString(), bytes, e -> damaged(artifact, e), copied -> {});
        } catch (SlipwayException e) {
            throw e.code().equals("artifact.unknown") ? damaged(artifact, e) : e;
        }
    }

    private static SlipwayException damaged(Artifact artifact, Exception cause) {
        return SlipwayException.unavailable(
                "backup.artifact",
                "Artifact " + artifact.digest() + " can't be read: " + cause.getMessage()
                        + ". 'slipway admin check' tells what needs it; when nothing does, 'slipway admin gc' removes it.",
                cause);
    }

    private List<BackupFile> keys(Path target) throws IOException {
        Path keys = data.resolve(KEYS);
        if (!Files.isDirectory(keys)) {
            return List.of();
        }
        List<BackupFile> written = new ArrayList<>();
        DurableFiles.makeFolder(target.resolve(KEYS));
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                // One that a process is about to make.
                if (!name.startsWith(".") && !name.endsWith(".tmp")) {
                    try (InputStream bytes = Files.newInputStream(file)) {
                        written.add(write(target, KEYS + "/" + name, bytes));
                    }
                }
            }
        }
        return written;
    }

    private BackupFile write(Path target, String name, InputStream bytes) throws IOException {
        return DurableFiles.write(target.resolve(name), name, bytes, folder::unreadable, file -> {});
    }
}
