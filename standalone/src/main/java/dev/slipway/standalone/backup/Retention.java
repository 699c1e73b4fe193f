package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Removes old backups, and the artifacts that only they had. The folder has to be locked. */
final class Retention {
    private final BackupFolder folder;

    Retention(BackupFolder folder) {
        this.folder = folder;
    }

    /** Keeps the newest so many backups and returns the names of those that are gone. */
    List<String> keep(int count) throws IOException {
        List<String> names = folder.names();
        List<String> old = names.subList(0, Math.max(0, names.size() - count));
        for (String name : old) {
            // What is half removed must not pass for a backup.
            Files.move(folder.backup(name), folder.unfinished(), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.remove(folder.unfinished());
        }
        removeUnneeded(names.subList(old.size(), names.size()));
        return old;
    }

    private void removeUnneeded(List<String> backups) throws IOException {
        List<Needed> lists = new ArrayList<>();
        try {
            for (String backup : backups) {
                lists.add(needed(backup));
            }
            // Folder by folder, so that never all digests of all backups are in memory.
            for (Path prefix : children(folder.artifacts())) {
                String digits = prefix.getFileName().toString();
                Set<Digest> needed = new HashSet<>();
                lists.forEach(list -> list.addUpTo(digits, needed));
                for (Path file : children(prefix)) {
                    if (!isNeeded(file, needed)) {
                        Files.delete(file);
                    }
                }
            }
        } finally {
            for (Needed list : lists) {
                list.artifacts.close();
            }
        }
    }

    private Needed needed(String backup) throws IOException {
        try {
            return new Needed(ArtifactList.open(folder.backup(backup)));
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound(
                    "backup.missing-file",
                    "The new backup is made, but nothing was removed: the earlier one " + folder.backup(backup)
                            + " lacks its " + ArtifactList.NAME + ". Look at it with 'slipway admin backup verify', and"
                            + " remove its folder.");
        }
    }

    private static boolean isNeeded(Path file, Set<Digest> needed) {
        String name = file.getFileName().toString();
        // A file that was being copied when its process died has a longer name, and is of no use.
        return name.length() == 64 && needed.contains(new Digest(name));
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A list, and the artifact at which its reading stopped. */
    private static final class Needed {
        private final ArtifactList artifacts;
        private Optional<Artifact> next;

        Needed(ArtifactList artifacts) {
            this.artifacts = artifacts;
            this.next = artifacts.next();
        }

        /** Adds the digests that begin with these digits; those before are passed over. */
        void addUpTo(String digits, Set<Digest> found) {
            while (next.isPresent() && next.get().digest().hex().substring(0, 2).compareTo(digits) <= 0) {
                if (next.get().digest().hex().startsWith(digits)) {
                    found.add(next.get().digest());
                }
                next = artifacts.next();
            }
        }
    }
}
