package dev.slipway.administration;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportImportTest {
    private static final int ENTITIES = 1_000;

    @TempDir
    private Path folder;

    private Folder source;
    private Folder target;
    private Path export;

    @BeforeEach
    void fill() {
        source = new Folder(folder.resolve("source"));
        target = new Folder(folder.resolve("target"));
        export = folder.resolve("export");
        source.use(installation -> Sample.fill(installation, ENTITIES));
    }

    @Test
    void anImportHoldsWhatWasExportedAndExportsTheSame() {
        Map<Section, Long> exported = source.exportTo(export);
        assertThat(exported).containsEntry(Section.ENTITY, (long) ENTITIES).containsEntry(Section.READER, 2L);
        assertThat(exported.get(Section.ARTIFACT)).isEqualTo(ENTITIES / Sample.ENTITIES_PER_ARTIFACT);
        assertThat(target.importFrom(export)).isEqualTo(exported);
        assertThat(target.contents()).isEqualTo(source.contents());
        Path again = folder.resolve("again");
        target.exportTo(again);
        assertThat(hashes(again)).isEqualTo(hashes(export));
    }

    @Test
    void filesAreBoundedAndOnlyWhatBelongsToTheExportIsThere() throws IOException {
        source.exportTo(export);
        Manifest manifest = manifest(export);
        assertThat(manifest.section(Section.ENTITY).files()).hasSizeGreaterThan(1);
        assertThat(manifest.section(Section.POINT).files()).hasSizeGreaterThan(1);
        List<String> expected = new ArrayList<>(
                manifest.files().stream().map(file -> file.file().name()).toList());
        expected.add("artifacts");
        expected.add("manifest.json");
        try (Stream<Path> children = Files.list(export)) {
            assertThat(children.map(child -> child.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void anEmptyInstallationCanBeMovedToo() {
        Folder empty = new Folder(folder.resolve("empty"));
        assertThat(empty.exportTo(export).values()).containsOnly(0L);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(empty.contents());
    }

    @Test
    void anExportBroughtUpToDateKeepsWhatHasNotChanged() throws IOException {
        source.exportTo(export);
        Map<String, FileTime> before = times();
        source.use(installation -> {
            installation.metrics().append(List.of(new Chunk(series(), List.of(new Point(1, 1, 1)))));
            installation.artifacts().put(new byte[] {1, 2, 3});
        });
        source.exportTo(export);
        Map<String, FileTime> after = times();
        assertThat(after.keySet()).containsAll(before.keySet());
        assertThat(before.keySet().stream().filter(name -> !name.startsWith("point") && !name.startsWith("artifact-")))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(after).containsEntry(name, before.get(name)));
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    private Map<String, FileTime> times() throws IOException {
        Map<String, FileTime> times = new HashMap<>();
        try (Stream<Path> files = Files.list(export)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".gz")).toList()) {
                times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void whatIsWrittenMeanwhileIsExportedInASecondRound() {
        List<String> told = new ArrayList<>();
        source.use(installation -> {
            Progress writer = (work, done) -> {
                if (work.startsWith("exporting artifacts") && told.isEmpty()) {
                    told.add(work);
                    claim(installation, "late");
                }
            };
            new Export(installation, export, "test", InstantSource.system(), writer).run();
        });
        assertThat(told).isNotEmpty();
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
        assertThat(target.<String>ask(installation ->
                        installation.graph().claim(Workspace.DEFAULT, "late/0").orElseThrow()))
                .isEqualTo("late");
    }

    @Test
    void anExportOfWhatIsWrittenToAllTheWhileIsNotComplete() {
        List<Long> written = new ArrayList<>();
        source.use(installation -> {
            Progress writer = (work, done) -> {
                written.add(done);
                claim(installation, "busy-" + written.size());
            };
            assertRefused(
                    () -> new Export(installation, export, "test", InstantSource.system(), writer).run(),
                    ErrorKind.CONFLICT,
                    "export.changed");
        });
        assertThat(export.resolve("manifest.json")).doesNotExist();
        assertRefused(() -> target.importFrom(export), ErrorKind.NOT_FOUND, "export.none");
        source.exportTo(export);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    private static void claim(Installation installation, String name) {
        installation
                .graph()
                .commit(Batch.in(Workspace.DEFAULT)
                        .claim(new ClaimChange.Take(name + "/0", name))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"exporting entities, 2", "exporting pages, 1", "exporting artifact, 30", "verifying facets, 1"})
    void aKilledExportGoesOnWhereItStopped(String work, int times) throws Exception {
        AdministrationProcess.killWhile("export", source, export, work, times);
        assertThat(export.resolve("manifest.json")).doesNotExist();
        Map<String, FileTime> before = times();
        assertThat(before).isNotEmpty();
        source.exportTo(export);
        assertThat(times()).containsAllEntriesOf(before);
        assertThat(export.resolve("progress.json")).doesNotExist();
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @ParameterizedTest
    @CsvSource({
        "importing entity, 2",
        "importing facet-00002, 1",
        "importing point, 2",
        "importing artifact, 1",
        "verifying events, 1"
    })
    void aKilledImportGoesOnWhereItStopped(String work, int times) throws Exception {
        source.exportTo(export);
        AdministrationProcess.killWhile("import", target, export, work, times);
        assertRefused(() -> target.exportTo(folder.resolve("half")), ErrorKind.CONFLICT, "export.unfinished-import");
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
        assertRefused(() -> target.importFrom(export), ErrorKind.CONFLICT, "import.not-empty");
    }

    @Test
    void anImportNeedsAnEmptyInstallation() {
        source.exportTo(export);
        Map<Section, String> before = source.contents();
        assertRefused(() -> source.importFrom(export), ErrorKind.CONFLICT, "import.not-empty");
        assertThat(source.contents()).isEqualTo(before);
        target.use(installation ->
                installation.metrics().append(List.of(new Chunk(series(), List.of(new Point(1, 1, 1))))));
        assertRefused(() -> target.importFrom(export), ErrorKind.CONFLICT, "import.not-empty");
    }

    @Test
    void anotherImportIsNotGoneOnWith() throws Exception {
        source.exportTo(export);
        AdministrationProcess.killWhile("import", target, export, "importing entity", 2);
        source.use(installation -> claim(installation, "more"));
        Path other = folder.resolve("other");
        source.exportTo(other);
        assertRefused(() -> target.importFrom(other), ErrorKind.CONFLICT, "import.other");
        target.importFrom(export);
    }

    @Test
    void aFileThatWasAlteredIsRefusedBeforeAnyOfItIsWritten() throws IOException {
        source.exportTo(export);
        Path file = export.resolve("entity-00001.jsonl.gz");
        byte[] whole = Files.readAllBytes(file);
        byte[] altered = whole.clone();
        altered[altered.length / 2] ^= 1;
        byte[] truncated = Arrays.copyOf(whole, whole.length - 10);
        for (byte[] damaged : List.of(altered, truncated, new byte[0])) {
            Files.write(file, damaged);
            assertRefused(() -> target.importFrom(export), ErrorKind.INVALID, "export.altered");
            assertThat(target.contents()).containsEntry(Section.ENTITY, "0 " + "0".repeat(64));
        }
        Files.delete(file);
        assertRefused(() -> target.importFrom(export), ErrorKind.NOT_FOUND, "export.missing-file");
        Files.write(file, whole);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void anArtifactThatWasAlteredOrIsMissingIsRefused() throws IOException {
        source.exportTo(export);
        Path file;
        try (Stream<Path> files = Files.walk(export.resolve("artifacts"))) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[whole.length]);
        assertRefused(() -> target.importFrom(export), ErrorKind.INVALID, "export.altered");
        Files.delete(file);
        assertRefused(() -> target.importFrom(export), ErrorKind.NOT_FOUND, "export.missing-file");
        Files.write(file, whole);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void aDamagedFileIsExportedAgain() throws IOException {
        source.exportTo(export);
        Files.write(export.resolve("facet-00001.jsonl.gz"), new byte[10]);
        Files.delete(export.resolve("edge-00001.jsonl.gz"));
        source.exportTo(export);
        target.importFrom(export);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void anArtifactDamagedInTheStoreStopsTheExport() throws IOException {
        try (Stream<Path> files = Files.walk(source.data().resolve("artifacts"))) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(file, new byte[] {1});
        }
        assertRefused(() -> source.exportTo(export), ErrorKind.UNAVAILABLE, "export.artifact");
        assertThat(export.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void aManifestOfANewerVersionIsRefused() throws IOException {
        source.exportTo(export);
        Path manifest = export.resolve("manifest.json");
        String json = Files.readString(manifest);
        Files.writeString(manifest, json.replace("\"format\" : 1", "\"format\" : 2"));
        assertRefused(() -> target.importFrom(export), ErrorKind.UNSUPPORTED, "export.newer-format");
        Files.writeString(manifest, json.substring(0, json.length() / 2));
        assertRefused(() -> target.importFrom(export), ErrorKind.INVALID, "export.manifest");
        Files.writeString(manifest, json.replace("entity-00001.jsonl.gz", "../../etc/passwd"));
        assertRefused(() -> target.importFrom(export), ErrorKind.INVALID, "export.manifest");
    }

    @Test
    void aFolderWithOtherFilesIsLeftAlone() throws IOException {
        Files.createDirectories(export);
        Files.writeString(export.resolve("thesis.txt"), "precious");
        assertRefused(() -> source.exportTo(export), ErrorKind.CONFLICT, "export.not-empty");
        assertRefused(() -> target.importFrom(export), ErrorKind.NOT_FOUND, "export.none");
        try (Stream<Path> children = Files.list(export)) {
            assertThat(children).hasSize(1);
        }
    }

    private static Series series() {
        return new Series(Workspace.DEFAULT, new IdGenerator().next(EntityId::new), "late");
    }

    private static Manifest manifest(Path export) {
        try {
            return Manifest.read(Files.readAllBytes(export.resolve("manifest.json")), "manifest.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Section, String> hashes(Path export) {
        Map<Section, String> hashes = new HashMap<>();
        manifest(export)
                .sections()
                .forEach((section, written) -> hashes.put(section, written.lines() + " " + written.hash()));
        return hashes;
    }
}
