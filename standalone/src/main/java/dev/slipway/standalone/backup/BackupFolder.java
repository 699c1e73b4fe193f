package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.embedded.FolderLock;
import dev.slipway.store.embedded.StoreErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups. Each has a folder of its own, named by its time, that is there whole or not at all; the artifacts of all of
 * them lie beside, by digest, once.
 */
public final class BackupFolder {
    static final String MANIFEST = "manifest.json";

    private static final String MARK = "slipway-backups.txt";
    private static final String MARK_TEXT =
            "Backups of Slipway; 'slipway admin backup' and 'restore' use this folder.\n";
    private static final String ARTIFACTS = "artifacts";
    private static final String UNFINISHED = "unfinished";
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{9}Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    /** What file systems and storage systems put into a volume. */
    private static final Set<String> OF_THE_SYSTEM = Set.of("lost+found", ".snapshot");

    private final Path folder;

    public BackupFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Makes the folder if need be; one with other things in it is refused. */
    void make() throws IOException {
        DurableFiles.makeFolder(folder);
        if (Files.exists(folder.resolve(MARK))) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            if (children.anyMatch(child -> !isOfTheSystem(child))) {
                throw SlipwayException.conflict(
                        "backup.not-empty",
                        folder + " holds files and is no folder of backups. Name a new or empty folder.");
            }
        }
        DurableFiles.write(
                folder.resolve(MARK),
                MARK,
                new ByteArrayInputStream(MARK_TEXT.getBytes(StandardCharsets.UTF_8)),
                this::unreadable,
                mark -> {});
    }

    static boolean isOfTheSystem(Path child) {
        return OF_THE_SYSTEM.contains(child.getFileName().toString());
    }

    /** For a backup, which nobody else may make, and nobody restore meanwhile. */
    FolderLock lock() throws IOException {
        return FolderLock.exclusive(folder.resolve(MARK))
                .orElseThrow(() -> SlipwayException.conflict(
                        "backup.running", "Another backup or restore uses " + folder + ". Wait until it has ended."));
    }

    /** For those who read. */
    FolderLock lockShared() throws IOException {
        if (!Files.exists(folder.resolve(MARK))) {
            throw SlipwayException.notFound("backup.none", folder + " is no folder of backups.");
        }
        return FolderLock.shared(folder.resolve(MARK))
                .orElseThrow(() -> SlipwayException.conflict(
                        "backup.running", "A backup is being made in " + folder + ". Wait until it has ended."));
    }

    Path path() {
        return folder;
    }

    /** Where a backup is while it is made. */
    Path unfinished() {
        return folder.resolve(UNFINISHED);
    }

    /** Where a backup is. */
    Path backup(String name) {
        return folder.resolve(name);
    }

    /** Where the artifacts of all backups are. */
    Path artifacts() {
        return folder.resolve(ARTIFACTS);
    }

    /** Where an artifact is. */
    Path artifact(Digest digest) {
        return artifacts().resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    /** All backups, the oldest first. */
    List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    /** The name of a backup of a moment, later than those of all others, whatever the clock says. */
    String name(Instant moment) throws IOException {
        List<String> names = names();
        String name = TIME.format(moment);
        if (names.isEmpty() || name.compareTo(names.get(names.size() - 1)) > 0) {
            return name;
        }
        Instant last = TIME.parse(names.get(names.size() - 1), Instant::from);
        return TIME.format(last.plusMillis(1));
    }

    /** The backup of that name, or the newest. */
    String choose(Optional<String> wanted) throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            throw SlipwayException.notFound("backup.none", "There is no backup in " + folder + ".");
        }
        if (wanted.isPresent() && !names.contains(wanted.get())) {
            throw SlipwayException.notFound(
                    "backup.unknown",
                    "There is no backup '" + wanted.get() + "' in " + folder + "; the newest is "
                            + names.get(names.size() - 1) + ".");
        }
        return wanted.orElse(names.get(names.size() - 1));
    }

    /**
     * The manifests of all backups by name, the oldest first.
     *
     * @throws SlipwayException {@code NOT_FOUND} with {@code backup.none} when this is no folder of backups; what {@link
     *     BackupManifest} says of one that can't be read
     */
    public Map<String, BackupManifest> all() {
        try {
            return lockShared().during(() -> {
                Map<String, BackupManifest> all = new LinkedHashMap<>();
                for (String name : names()) {
                    all.put(name, manifest(name));
                }
                return all;
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    BackupManifest manifest(String name) throws IOException {
        return BackupManifest.read(manifestOf(name), backup(name).resolve(MANIFEST));
    }

    byte[] manifestOf(String name) throws IOException {
        Path file = backup(name).resolve(MANIFEST);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound(
                    "backup.missing-file", "There is no " + file + ". Restore another backup with --backup.");
        }
    }

    SlipwayException unreadable(IOException e) {
        return SlipwayException.unavailable("backup.unreadable", folder + " can't be read: " + e, e);
    }

    SlipwayException unwritable(IOException e) {
        if (StoreErrors.isFull(e)) {
            return full(e);
        }
        return SlipwayException.unavailable(
                "backup.unwritable", "The backup can't be written to " + folder + ": " + e, e);
    }

    SlipwayException full(Exception cause) {
        return SlipwayException.unavailable(
                "backup.full",
                "The disk that holds " + folder
                        + " is full, so there is no new backup; the earlier ones are as they were."
                        + " Make room, or keep fewer (--keep), and run it again.",
                cause);
    }
}
