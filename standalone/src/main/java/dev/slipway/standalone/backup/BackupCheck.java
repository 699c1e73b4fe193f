package dev.slipway.standalone.backup;

import dev.slipway.administration.Progress;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.embedded.DatabaseCopies;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole backup and tells what is not as it was written. */
public final class BackupCheck {
    private static final int MOST_TOLD = 20;

    private final BackupFolder folder;
    private final Progress progress;
    private final List<String> told = new ArrayList<>();
    private long found;

    public BackupCheck(BackupFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param problems so many files are missing or damaged
     * @param told the first of them
     */
    public record Report(String name, BackupManifest manifest, long problems, List<String> told) {
        public Report {
            told = List.copyOf(told);
        }
    }

    /**
     * Reads the backup of that name, or the newest.
     *
     * @throws SlipwayException {@code NOT_FOUND} with {@code backup.none} or {@code backup.unknown}; {@code INVALID} with {@code
     *     backup.manifest}; {@code UNSUPPORTED} with {@code backup.newer-format} or {@code store.newer-version}
     */
    public Report run(Optional<String> wanted) {
        try {
            return folder.lockShared().during(() -> check(folder.choose(wanted)));
        } catch (IOException e) {
            throw folder.unreadable(e);
        }
    }

    private Report check(String name) throws IOException {
        Path backup = folder.backup(name);
        BackupManifest manifest = folder.manifest(name);
        for (BackupFile file : manifest.files()) {
            progress.at("reading " + file.name() + ", bytes", file.size());
            check(backup.resolve(file.name()), file);
        }
        if (found == 0) {
            databases(backup, manifest);
            artifacts(backup, manifest);
        }
        return new Report(name, manifest, found, told);
    }

    private void databases(Path backup, BackupManifest manifest) {
        DatabaseCopies databases = DatabaseCopies.examine(backup);
        if (!databases.rows().equals(manifest.rows())) {
            tell("the databases hold " + databases.rows() + ", the manifest says " + manifest.rows());
        }
    }

    private void artifacts(Path backup, BackupManifest manifest) throws IOException {
        long done = 0;
        try (ArtifactList list = ArtifactList.open(backup)) {
            for (Optional<Artifact> next = list.next(); next.isPresent(); next = list.next()) {
                Artifact artifact = next.get();
                Path file = folder.artifact(artifact.digest());
                check(file, new BackupFile(file.getFileName().toString(), artifact.size(), artifact.digest()));
                progress.at("reading artifacts of " + manifest.artifacts(), ++done);
            }
        }
        if (done != manifest.artifacts()) {
            tell(ArtifactList.NAME + " names " + done + " artifacts, the manifest says " + manifest.artifacts());
        }
    }

    private void check(Path file, BackupFile expected) throws IOException {
        try {
            if (!DurableFiles.read(file, expected.name()).equals(expected)) {
                tell(file + " is damaged: its size or SHA-256 is another");
            }
        } catch (NoSuchFileException e) {
            tell(file + " is missing");
        }
    }

    private void tell(String problem) {
        found++;
        if (told.size() < MOST_TOLD) {
            told.add(problem);
        }
    }
}
