package dev.slipway.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.administration.Progress;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.tests.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is too small, or fills up on the way, leaves no half backup and no half installation. */
class FullDiskTest {
    private static final Progress SILENT = (work, done) -> {};
    private static final int MEGABYTES = 8;

    @TempDir
    private Path folder;

    private SmallDisk mounted;
    private Path disk;
    private Path data;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        mounted = SmallDisk.mount(folder, MEGABYTES);
        disk = mounted.path();
        data = folder.resolve("data");
        Writers.fill(data, 20);
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    private void put(int bytes) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            stores.artifacts().put(new byte[bytes]);
        }
    }

    private static Backup.Made backup(Path data, Path backups, Progress progress) {
        return new Backup(data, new BackupFolder(backups), List.of(), "test", InstantSource.system(), progress)
                .run(Optional.empty());
    }

    /** Takes the room that is left as soon as the work has begun. */
    private Progress filling(String begin) {
        return (work, done) -> {
            Path filler = disk.resolve("filler");
            if (work.startsWith(begin) && !Files.exists(filler)) {
                try {
                    Files.write(filler, new byte[(int) disk.toFile().getUsableSpace()]);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private static String refusal(Runnable work) {
        return catchThrowableOfType(SlipwayException.class, work::run).code();
    }

    @Test
    void aBackupThatDoesNotFitLeavesTheEarlierOnes() throws IOException {
        Path backups = disk.resolve("backups");
        Backup.Made first = backup(data, backups, SILENT);
        put(MEGABYTES * 1024 * 1024);
        assertThat(refusal(() -> backup(data, backups, SILENT))).isEqualTo("backup.full");
        assertThat(new BackupFolder(backups).all().keySet()).containsExactly(first.name());
        assertThat(backups.resolve("unfinished")).doesNotExist();
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsTold() throws IOException {
        Path backups = disk.resolve("backups");
        assertThat(refusal(() -> backup(data, backups, filling("copying artifacts"))))
                .isEqualTo("backup.full");
        assertThat(new BackupFolder(backups).all()).isEmpty();
        Files.delete(disk.resolve("filler"));
        backup(data, backups, SILENT);
        assertThat(new BackupCheck(new BackupFolder(backups), SILENT)
                        .run(Optional.empty())
                        .problems())
                .isZero();
    }

    @Test
    void aRestoreGoesOnWhenThereIsRoom() throws IOException {
        Path backups = folder.resolve("backups");
        put(1_000_000);
        Backup.Made made = backup(data, backups, SILENT);
        Path target = disk.resolve("target");
        Path filler = Files.write(disk.resolve("wide"), new byte[MEGABYTES * 1024 * 1024 - 500_000]);
        assertThat(refusal(() -> restore(backups, target, SILENT))).isEqualTo("restore.full");
        Files.delete(filler);
        assertThat(refusal(() -> restore(backups, target, filling("restoring artifacts"))))
                .isEqualTo("restore.full");
        Files.delete(disk.resolve("filler"));
        restore(backups, target, SILENT);
        assertThat(made.manifest().rows()).containsAllEntriesOf(Whole.check(target));
    }

    private static void restore(Path backups, Path target, Progress progress) {
        new Restore(new BackupFolder(backups), target, InstantSource.system(), progress).run(Optional.empty());
    }
}
