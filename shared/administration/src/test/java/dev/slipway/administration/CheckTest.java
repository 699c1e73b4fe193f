package dev.slipway.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.administration.Finding.Problem;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final int RUNS = 700;

    /** A body is the entity's place in its one index, and its artifact or nothing. */
    private static final EntityRules RULES = new EntityRules() {
        @Override
        public Optional<List<IndexEntry>> indexed(Envelope entity) {
            if (entity.body().startsWith("{\"broken")) {
                throw SlipwayException.internal("entity.unreadable", "The body can't be read.", null);
            }
            return entity.schema() > 1 ? Optional.empty() : Optional.of(List.of(IndexEntry.of("all", number(entity))));
        }

        @Override
        public Set<Digest> artifacts(Envelope entity) {
            int from = entity.body().indexOf("sha256:");
            return from < 0 ? Set.of() : Set.of(new Digest(entity.body().substring(from + 7, from + 7 + 64)));
        }
    };

    @TempDir
    private Path data;

    private final IdGenerator ids = new IdGenerator();
    private final List<EntityRef> runs = new ArrayList<>();
    private Folder folder;

    private static IndexValue number(Envelope entity) {
        return IndexValue.of(Long.parseLong(entity.body().replaceAll("^\\{\"n\":(\\d+).*", "$1")));
    }

    @BeforeEach
    void fill() {
        folder = new Folder(data);
        folder.use(installation -> {
            for (int i = 0; i < RUNS; i++) {
                EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
                String artifact = i % 100 == 0
                        ? ",\"a\":\"sha256:"
                                + installation.artifacts().put(bytes(i)).digest() + "\""
                        : "";
                Batch.Builder batch = Batch.in(Workspace.DEFAULT)
                        .put(new Put(
                                run.type(),
                                run.id(),
                                0,
                                1,
                                1,
                                "{\"n\":" + i + artifact + "}",
                                List.of(IndexEntry.of("all", IndexValue.of(i)))))
                        .facet(facet(run));
                if (i > 0) {
                    batch.link(new Edge(run, EdgeType.USED, runs.get(i - 1), 1));
                }
                installation.graph().commit(batch.build());
                runs.add(run);
            }
        });
    }

    private static byte[] bytes(int number) {
        return ("artifact " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static FacetUpdate facet(EntityRef run) {
        return new FacetUpdate(run, run.id(), new Facet(FacetKind.TAG, "k", new Facet.Value.Text("v"), 0, 1));
    }

    private CheckReport check(boolean repair) {
        return check(new Check.Options(true, repair, 100));
    }

    private CheckReport check(Check.Options options) {
        return folder.ask(installation -> new Check(installation, RULES, options, Folder.SILENT).run());
    }

    @Test
    void whatServicesWroteIsClean() {
        CheckReport report = check(false);
        assertThat(report.isClean()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.checked())
                .isEqualTo(Map.of(
                        Section.ENTITY,
                        (long) RUNS,
                        Section.EDGE,
                        RUNS - 1L,
                        Section.FACET,
                        (long) RUNS,
                        Section.ARTIFACT,
                        RUNS / 100L));
    }

    @Test
    void wrongPlacesInIndexesAreFoundAndMended() {
        folder.use(installation -> {
            restore(installation, 5, List.of());
            restore(installation, 6, List.of(IndexEntry.of("all", IndexValue.of(77))));
            restore(
                    installation,
                    650,
                    List.of(IndexEntry.of("all", IndexValue.of(650)), IndexEntry.of("old", IndexValue.of("x"))));
        });
        assertFoundAndMended(Problem.WRONG_INDEX, 3);
        folder.use(installation -> {
            Envelope mended = entity(installation, 6);
            assertThat(mended.revision()).isEqualTo(1);
        });
    }

    private void restore(Installation installation, int run, List<IndexEntry> places) {
        installation.graph().restore(List.of(new EntityRow(entity(installation, run), places)));
    }

    private Envelope entity(Installation installation, int run) {
        EntityId id = runs.get(run).id();
        return installation.graph().get(Workspace.DEFAULT, List.of(id)).get(id);
    }

    @Test
    void danglingEdgesAreFoundAndMended() {
        EntityRef gone = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        EntityRef ofOtherType = new EntityRef(EntityType.MODEL, runs.get(3).id());
        folder.use(installation -> installation
                .graph()
                .commit(Batch.in(Workspace.DEFAULT)
                        .link(new Edge(runs.get(0), EdgeType.USED, gone, 1))
                        .link(new Edge(gone, EdgeType.USED, runs.get(0), 1))
                        .link(new Edge(gone, EdgeType.DERIVED_FROM, gone, 1))
                        .link(new Edge(runs.get(1), EdgeType.DERIVED_FROM, ofOtherType, 1))
                        .build()));
        folder.use(installation -> installation
                .graph()
                .commit(Batch.in(new Workspace("second"))
                        .link(new Edge(runs.get(0), EdgeType.USED, runs.get(1), 1))
                        .build()));
        assertFoundAndMended(Problem.DANGLING_EDGE, 5);
        assertThat(check(false).checked()).containsEntry(Section.EDGE, RUNS - 1L);
    }

    @Test
    void facetsOfWhatDoesNotExistAreFoundAndMended() {
        EntityRef gone = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        folder.use(installation -> installation
                .graph()
                .commit(Batch.in(Workspace.DEFAULT).facet(facet(gone)).build()));
        assertFoundAndMended(Problem.ORPHANED_FACET, 1);
        assertThat(check(false).checked()).containsEntry(Section.FACET, (long) RUNS);
    }

    private void assertFoundAndMended(Problem problem, long count) {
        for (int times = 0; times < 2; times++) {
            CheckReport found = check(false);
            assertThat(found.isClean()).isFalse();
            assertThat(found.found()).isEqualTo(Map.of(problem, count));
            assertThat(found.repaired()).isEmpty();
            assertThat(found.findings()).hasSize((int) count).allMatch(finding -> finding.problem() == problem);
        }
        CheckReport mended = check(true);
        assertThat(mended.repaired()).isEqualTo(Map.of(problem, count));
        assertThat(mended.isClean()).isTrue();
        assertThat(mended.findings()).allMatch(Finding::repaired);
        CheckReport after = check(false);
        assertThat(after.found()).isEmpty();
        assertThat(after.isClean()).isTrue();
    }

    @Test
    void missingAndCorruptArtifactsAreFoundAndSaidNotToBeMended() throws IOException {
        Digest missing = Digest.of(bytes(0));
        Digest corrupt = Digest.of(bytes(100));
        Digest truncated = Digest.of(bytes(200));
        folder.use(installation -> assertThat(installation.artifacts().delete(missing, Instant.MAX))
                .isTrue());
        Files.write(file(corrupt), new byte[bytes(100).length]);
        Files.write(file(truncated), new byte[0]);
        for (boolean repair : List.of(false, true)) {
            CheckReport report = check(repair);
            assertThat(report.isClean()).isFalse();
            assertThat(report.found()).isEqualTo(Map.of(Problem.MISSING_ARTIFACT, 1L, Problem.CORRUPT_ARTIFACT, 2L));
            assertThat(report.repaired()).isEmpty();
            assertThat(report.findings())
                    .extracting(Finding::where)
                    .anyMatch(where -> where.contains(runs.get(0).id().value()))
                    .anyMatch(where -> where.contains(corrupt.hex()))
                    .anyMatch(where -> where.contains(truncated.hex()));
        }
        CheckReport quick = check(new Check.Options(false, false, 100));
        assertThat(quick.found()).isEqualTo(Map.of(Problem.MISSING_ARTIFACT, 1L));
        folder.use(installation -> {
            for (int number : List.of(0, 100, 200)) {
                installation.artifacts().put(bytes(number));
            }
        });
        assertThat(check(false).isClean()).isTrue();
    }

    private Path file(Digest digest) {
        String hex = digest.hex();
        return data.resolve("artifacts/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex);
    }

    @Test
    void bodiesThatCanNotBeReadAreFoundAndThoseOfNewerFormsAreLeftAlone() {
        folder.use(installation -> {
            Envelope broken = entity(installation, 1);
            installation
                    .graph()
                    .restore(List.of(row(broken, 1, "{\"broken\":1}"), row(entity(installation, 2), 2, "{}")));
        });
        CheckReport report = check(true);
        assertThat(report.found()).isEqualTo(Map.of(Problem.UNREADABLE_BODY, 1L));
        assertThat(report.isClean()).isFalse();
    }

    private static GraphRow row(Envelope entity, int schema, String body) {
        return new EntityRow(
                new Envelope(
                        entity.id(),
                        entity.workspace(),
                        entity.type(),
                        schema,
                        entity.revision(),
                        entity.created(),
                        entity.updated(),
                        body),
                List.of());
    }

    @Test
    void onlyAsManyFindingsAreKeptAsAskedFor() {
        folder.use(installation -> {
            for (int run = 0; run < 30; run++) {
                restore(installation, run, List.of());
            }
        });
        CheckReport report = check(new Check.Options(true, false, 7));
        assertThat(report.findings()).hasSize(7);
        assertThat(report.found()).isEqualTo(Map.of(Problem.WRONG_INDEX, 30L));
    }
}
