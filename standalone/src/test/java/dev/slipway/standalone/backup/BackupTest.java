package dev.slipway.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.administration.Progress;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.cli.CommandResult;
import dev.slipway.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    private static final Progress SILENT = (work, done) -> {};
    private static final int RUNS = 40;

    @TempDir
    private Path folder;

    private Path data;
    private Path target;
    private Path backups;

    @BeforeEach
    void fill() throws IOException {
        data = folder.resolve("data");
        target = folder.resolve("target");
        backups = folder.resolve("backups");
        Writers.fill(data, RUNS);
        Files.createDirectory(data.resolve("keys"));
        Files.writeString(data.resolve("keys/first.jwk"), "secret");
    }

    private Backup.Made backup() {
        return backup(SILENT, Optional.empty(), InstantSource.system());
    }

    private Backup.Made backup(Progress progress, Optional<Integer> keep, InstantSource clock) {
        return new Backup(data, new BackupFolder(backups), List.of(), "test", clock, progress).run(keep);
    }

    private Restore.Restored restore() {
        return restore(Optional.empty());
    }

    private Restore.Restored restore(Optional<String> name) {
        return new Restore(new BackupFolder(backups), target, InstantSource.system(), SILENT).run(name);
    }

    private BackupCheck.Report verify() {
        return new BackupCheck(new BackupFolder(backups), SILENT).run(Optional.empty());
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, call);
        assertThat(refusal).as("the refusal " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    }

    private static void assertHolds(Path data, BackupManifest manifest) {
        assertThat(new HashMap<>(manifest.rows())).containsAllEntriesOf(Whole.check(data));
    }

    @Test
    void whatIsRestoredIsOfOneMomentWhoeverWritesMeanwhile() throws IOException {
        Set<String> during = new LinkedHashSet<>();
        Backup.Made made;
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system());
                Writers writers = Writers.start(stores)) {
            writers.await(10);
            Progress writtenMeanwhile = (work, done) -> {
                if (during.add(work.replaceAll(" of .*", ""))) {
                    writers.await(10);
                }
            };
            made = backup(writtenMeanwhile, Optional.empty(), InstantSource.system());
            writers.await(10);
        }
        assertThat(during).containsExactly("copying databases, bytes", "listing artifacts", "copying artifacts");
        assertThat(verify().problems()).isZero();
        BackupManifest manifest = restore().manifest();
        assertThat(manifest).isEqualTo(made.manifest());
        assertHolds(target, manifest);
        assertThat(manifest.rows().get("entities")).isGreaterThanOrEqualTo(RUNS + 10L);
        assertThat(Whole.check(data).get("entities"))
                .isGreaterThanOrEqualTo(manifest.rows().get("entities") + 40);
        assertThat(target.resolve("keys/first.jwk")).hasContent("secret");
    }

    @Test
    void garbageIsNotRemovedWhileABackupCopiesArtifacts() {
        Set<String> told = new LinkedHashSet<>();
        Digest garbage = putGarbage();
        backup(
                (work, done) -> {
                    if (work.startsWith("copying artifacts") && told.isEmpty()) {
                        CommandResult refused = gc();
                        assertThat(refused.exitCode()).isEqualTo(5);
                        told.add(refused.error().get("code").toString());
                    }
                },
                Optional.empty(),
                InstantSource.system());
        assertThat(told).containsExactly("gc.backup-running");
        assertThat(Whole.artifacts(data)).contains(garbage);
        assertThat(gc().exitCode()).isZero();
        assertThat(Whole.artifacts(data)).doesNotContain(garbage);
        restore();
        assertThat(Whole.artifacts(target)).contains(garbage).containsAll(Whole.artifacts(data));
    }

    private CommandResult gc() {
        return CommandResult.of(
                "admin", "gc", "--older-than", "0s", "--allow-young", "--json", "--data", data.toString());
    }

    private Digest putGarbage() {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            return stores.artifacts()
                    .put("nothing refers to this".getBytes(StandardCharsets.UTF_8))
                    .digest();
        }
    }

    @Test
    void theNextBackupCopiesOnlyWhatIsNewAndTheOldestGo() throws IOException {
        Digest garbage = putGarbage();
        Backup.Made first = backup();
        assertThat(first.copiedBytes()).isEqualTo(first.manifest().artifactBytes());
        assertThat(backup().copiedBytes()).isZero();
        assertThat(gc().exitCode()).isZero();
        // The clock goes backwards, and still the last is the newest.
        Backup.Made third = backup(SILENT, Optional.of(2), InstantSource.fixed(Instant.EPOCH));
        assertThat(third.removed()).containsExactly(first.name());
        assertThat(new BackupFolder(backups).artifact(garbage)).exists();
        Backup.Made fourth = backup(SILENT, Optional.of(2), InstantSource.system());
        assertThat(new BackupFolder(backups).all().keySet()).containsExactly(third.name(), fourth.name());
        assertThat(new BackupFolder(backups).artifact(garbage)).doesNotExist();
        assertThat(verify().problems()).isZero();
        restore(Optional.of(third.name()));
        assertHolds(target, third.manifest());
    }

    @ParameterizedTest
    @CsvSource({"'copying databases', 1", "'listing artifacts', 1", "'copying artifacts', 20"})
    void aKilledBackupLeavesNothingThatPassesForOne(String work, int times) throws Exception {
        Backup.Made before = backup();
        Digest garbage = putGarbage();
        BackupProcess.killWhile("backup", data, backups, work, times);
        assertThat(new BackupFolder(backups).all().keySet()).containsExactly(before.name());
        assertThat(verify().name()).isEqualTo(before.name());
        Backup.Made after = backup();
        assertThat(verify().problems()).isZero();
        assertThat(after.manifest().artifacts()).isEqualTo(before.manifest().artifacts() + 1);
        assertThat(restore().name()).isEqualTo(after.name());
        assertThat(Whole.artifacts(target)).contains(garbage);
        assertHolds(target, after.manifest());
    }

    @ParameterizedTest
    @CsvSource({
        "'restoring metrics.db', 1",
        "'restoring artifacts', 20",
        "'restoring keys', 1",
    })
    void aKilledRestoreIsRefusedByAllAndGoesOn(String work, int times) throws Exception {
        Backup.Made made = backup();
        BackupProcess.killWhile("restore", target, backups, work, times);
        assertRefused(() -> EmbeddedStores.open(target, InstantSource.system()), "store.unfinished-restore");
        assertRefused(
                () -> new Backup(
                                target,
                                new BackupFolder(folder.resolve("other")),
                                List.of(),
                                "test",
                                InstantSource.system(),
                                SILENT)
                        .run(Optional.empty()),
                "store.unfinished-restore");
        restore();
        assertHolds(target, made.manifest());
    }

    @Test
    void aRestoreThatWasBrokenOffGivesWayToThatOfAnotherBackup() throws Exception {
        Backup.Made first = backup();
        Digest garbage = putGarbage();
        backup();
        BackupProcess.killWhile("restore", target, backups, "restoring artifacts", RUNS);
        restore(Optional.of(first.name()));
        assertHolds(target, first.manifest());
        assertThat(Whole.artifacts(target)).doesNotContain(garbage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph.db", "metrics.db", "artifacts.txt", "keys/first.jwk", "artifact"})
    void aPartThatIsDamagedOrMissingIsToldAndRefused(String part) throws IOException {
        Backup.Made made = backup();
        Path file = part.equals("artifact")
                ? new BackupFolder(backups)
                        .artifact(Whole.artifacts(data).iterator().next())
                : backups.resolve(made.name()).resolve(part);
        byte[] whole = Files.readAllBytes(file);
        byte[] altered = whole.clone();
        altered[altered.length / 2] ^= 1;
        for (byte[] damaged : List.of(altered, Arrays.copyOf(whole, whole.length - 1), new byte[0])) {
            Files.write(file, damaged);
            assertThat(verify().told()).singleElement().asString().contains(file.toString(), "damaged");
            assertRefused(this::restore, "backup.altered");
            assertRefused(() -> EmbeddedStores.open(target, InstantSource.system()), "store.unfinished-restore");
        }
        Files.delete(file);
        assertThat(verify().told()).singleElement().asString().contains(file.toString(), "missing");
        assertRefused(this::restore, "backup.missing-file");
        Files.write(file, whole);
        assertThat(verify().problems()).isZero();
        restore();
        assertHolds(target, made.manifest());
    }

    @Test
    void aManifestThatIsDamagedOrOfANewerVersionIsRefused() throws IOException {
        Backup.Made made = backup();
        Path manifest = backups.resolve(made.name()).resolve("manifest.json");
        String json = Files.readString(manifest);
        Map<String, String> refusals = Map.of(
                json.substring(0, json.length() / 2),
                "backup.manifest",
                "",
                "backup.manifest",
                "{}",
                "backup.manifest",
                "[]",
                "backup.manifest",
                json.replace("graph.db", "../graph.db"),
                "backup.manifest",
                json.replace("keys/first.jwk", "/etc/passwd"),
                "backup.manifest",
                json.replace("\"format\":1", "\"format\":2"),
                "backup.newer-format",
                json.replace("\"graphSchema\":", "\"graphSchema\":9"),
                "store.newer-version",
                json.replace("\"entities\":" + RUNS, "\"entities\":7"),
                "backup.altered");
        refusals.forEach((text, code) -> {
            write(manifest, text);
            assertRefused(this::restore, code);
        });
        write(manifest, json);
        restore();
        assertHolds(target, made.manifest());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFolderThatHoldsSomethingIsNotRestoredInto() throws IOException {
        backup();
        Files.createDirectories(target.resolve("lost+found"));
        restore();
        Map<String, Long> before = Whole.check(target);
        assertRefused(this::restore, "restore.not-empty");
        String[] line = {"admin", "restore", backups.toString(), "--data", target.toString(), "--json", "--if-empty"};
        assertThat(CommandResult.of(line).json()).containsEntry("restored", Map.of());
        assertThat(CommandResult.of(Arrays.copyOf(line, 6)).exitCode()).isEqualTo(5);
        assertThat(Whole.check(target)).isEqualTo(before);
    }

    @Test
    void aFolderOfOtherThingsIsNotBackedUpInto() throws IOException {
        Files.createDirectories(backups.resolve("lost+found"));
        backup();
        backups = Files.createDirectories(folder.resolve("other"));
        assertRefused(this::verify, "backup.none");
        assertRefused(this::restore, "backup.none");
        Files.writeString(backups.resolve("thesis.txt"), "precious");
        assertRefused(this::backup, "backup.not-empty");
        assertThat(backups.toFile().list()).containsExactly("thesis.txt");
    }

    @Test
    void backupsAndDataLieApart() throws IOException {
        backups = data.resolve("backups");
        assertRefused(this::backup, "backup.inside");
        backups = folder;
        assertRefused(this::backup, "backup.inside");
        backups = Files.createSymbolicLink(folder.resolve("link"), data).resolve("backups");
        assertRefused(this::backup, "backup.inside");
        assertThat(data.resolve("backups")).doesNotExist();
        data = folder.resolve("nothing");
        backups = folder.resolve("backups");
        assertRefused(this::backup, "store.no-data");
        assertThat(backups).doesNotExist();
    }

    @Test
    void onlyOneAtATimeUsesAFolder() {
        backup();
        Set<String> told = new LinkedHashSet<>();
        backup(
                (work, done) -> {
                    if (told.isEmpty()) {
                        told.add("tried");
                        assertRefused(this::backup, "backup.running");
                        assertRefused(this::restore, "backup.running");
                        assertRefused(this::verify, "backup.running");
                    }
                },
                Optional.empty(),
                InstantSource.system());
        assertThat(told).isNotEmpty();
    }

    @Test
    void anArtifactThatIsDamagedInTheStoreStopsTheBackup() throws IOException {
        Digest digest = Whole.artifacts(data).iterator().next();
        Path file;
        try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
            file = files.filter(each -> each.endsWith(digest.hex())).findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[0] ^= 1;
        Files.write(file, damaged);
        assertRefused(this::backup, "backup.artifact");
        assertThat(new BackupFolder(backups).all()).isEmpty();
        Files.write(file, whole);
        backup();
        assertThat(verify().problems()).isZero();
    }

    @Test
    void onlyTheOwnerMayReadABackup() throws IOException {
        assumeTrue(data.getFileSystem().supportedFileAttributeViews().contains("posix"));
        backup();
        try (Stream<Path> files = Files.walk(backups)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }
}
