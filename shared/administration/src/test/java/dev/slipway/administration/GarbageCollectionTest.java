package dev.slipway.administration;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.Put;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {
    private static final Instant EVERYTHING = Instant.MAX;

    @TempDir
    private Path data;

    private final IdGenerator ids = new IdGenerator();
    private EmbeddedStores stores;
    private Installation installation;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(data, InstantSource.system());
        installation = new Installation(stores.graph(), stores.metrics(), stores.artifacts());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private GarbageReport collect(Instant cutoff, boolean remove) {
        return new GarbageCollection(installation, Folder.SILENT).run(cutoff, remove);
    }

    private Digest put(String text) {
        return stores.artifacts().put(text.getBytes(StandardCharsets.UTF_8)).digest();
    }

    private void entity(String body) {
        stores.graph()
                .commit(Batch.in(new Workspace("any"))
                        .put(new Put(EntityType.RUN, ids.next(EntityId::new), 0, 1, 1, body, List.of()))
                        .build());
    }

    private boolean isThere(Digest digest) {
        return stores.artifacts().size(digest).isPresent();
    }

    @Test
    void whatNothingRefersToIsRemoved() {
        Digest garbage = put("garbage");
        Digest used = put("used");
        entity("{\"onnx\":\"" + used + "\"}");
        GarbageReport told = collect(EVERYTHING, false);
        assertThat(told).isEqualTo(new GarbageReport(2, 0, 1, "garbage".length(), 0));
        assertThat(isThere(garbage)).isTrue();
        assertThat(collect(EVERYTHING, true)).isEqualTo(told);
        assertThat(isThere(garbage)).isFalse();
        assertThat(isThere(used)).isTrue();
        assertThat(collect(EVERYTHING, true)).isEqualTo(new GarbageReport(1, 0, 0, 0, 0));
    }

    @Test
    void bodiesClaimsAndFacetsRefer() {
        Digest nested = put("in a text within a body");
        Digest upper = put("in upper case");
        Digest joined = put("joined to other digits");
        Digest name = put("in a claim's name");
        Digest value = put("in a claim's value");
        Digest facet = put("in a facet");
        Digest escaped = put("beside an escape");
        entity("{\"input\":\"{\\\"file\\\":\\\"" + nested + "\\\"}\",\"u\":\"sha256:"
                + upper.hex().toUpperCase(Locale.ROOT) + "\",\"j\":\"0a" + joined + "ff\",\"e\":\"\\n" + escaped
                + "\"}");
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        stores.graph()
                .commit(Batch.in(Workspace.DEFAULT)
                        .claim(new ClaimChange.Take("released/" + name, "x"))
                        .claim(new ClaimChange.Take("idempotency/y", value.hex()))
                        .facet(new FacetUpdate(
                                run,
                                run.id(),
                                new Facet(FacetKind.TAG, "k", new Facet.Value.Text("see " + facet), 0, 1)))
                        .build());
        assertThat(collect(EVERYTHING, true).removed()).isZero();
        assertThat(List.of(nested, upper, joined, name, value, facet, escaped)).allMatch(this::isThere);
    }

    @Test
    void artifactsReferToOthersThroughAnyNumberOfThem() throws IOException {
        Digest last = put("binary\0bytes");
        Digest third = put("x\n".repeat(100_000) + "{\"samples\":\"" + last + "\"}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream compressed = new GZIPOutputStream(bytes)) {
            compressed.write(("[\"" + third + "\"]").getBytes(StandardCharsets.UTF_8));
        }
        Digest second = stores.artifacts().put(bytes.toByteArray()).digest();
        Digest first = put("{\"next\":\"" + second + "\"}");
        Digest namedByGarbage = put("named by garbage");
        Digest garbage = put("[\"" + namedByGarbage + "\"]");
        Digest namedByBinary = put("named by what is no text");
        entity("{\"a\":\"" + first + "\",\"b\":\"" + put("\0\1\2" + namedByBinary) + "\"}");
        assertThat(collect(EVERYTHING, true).removed()).isEqualTo(3);
        assertThat(List.of(first, second, third, last)).allMatch(this::isThere);
        assertThat(List.of(garbage, namedByGarbage, namedByBinary)).noneMatch(this::isThere);
    }

    @Test
    void whatWasPutLatelyIsKeptWithWhatItNames() {
        Digest old = put("old and named by a young one");
        Digest garbage = put("old");
        Instant cutoff = later(time(garbage));
        Digest young = put("{\"young\":\"" + old + "\"}");
        GarbageReport report = collect(cutoff, true);
        assertThat(report.removed()).isEqualTo(1 + report.artifacts() - report.young() - 2);
        assertThat(isThere(garbage)).isFalse();
        assertThat(List.of(old, young)).allMatch(this::isThere);
        assertThat(collect(Instant.now().minus(Duration.ofHours(1)), true).removed())
                .isZero();
    }

    /** A time of the store's own clock that is later. */
    private Instant later(Instant than) {
        Instant now = than;
        for (int i = 0; !now.isAfter(than); i++) {
            now = time(put("the store's clock " + i));
        }
        return now;
    }

    private Instant time(Digest digest) {
        return stores.artifacts().list(1000, Optional.empty()).items().stream()
                .filter(listed -> listed.artifact().digest().equals(digest))
                .map(ListedArtifact::put)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsRemovedWhenWhatRefersCanNotBeRead() throws IOException {
        Digest used = put("{\"used\":1}");
        Digest garbage = put("garbage");
        entity("{\"a\":\"" + used + "\"}");
        String hex = used.hex();
        Files.writeString(
                data.resolve("artifacts/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex),
                "{\"used\":2}");
        assertRefused(() -> collect(EVERYTHING, true), ErrorKind.UNAVAILABLE, "gc.unreadable");
        assertThat(isThere(garbage)).isTrue();
    }

    @Test
    void nothingIsRemovedWhileAnImportIsUnfinished() {
        Digest garbage = put("garbage");
        stores.graph().restore(List.of(new ClaimRow(Workspace.DEFAULT, "administration/import", garbage + "/3")));
        assertRefused(() -> collect(EVERYTHING, true), ErrorKind.CONFLICT, "gc.unfinished-import");
        assertThat(isThere(garbage)).isTrue();
    }

    @Test
    void manyArtifactsAreFoundByTheirDigests() {
        Random random = new Random(3);
        DigestSet set = new DigestSet();
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            digests.add(Digest.of(Integer.toString(random.nextInt()).getBytes(StandardCharsets.UTF_8)));
        }
        List<Digest> sorted = digests.stream().sorted().distinct().toList();
        for (Digest digest : sorted) {
            set.add(new Artifact(digest, 7));
        }
        List<Integer> found = new ArrayList<>();
        DigestScanner scanner = new DigestScanner((a, b, c, d) -> found.add(set.indexOf(a, b, c, d)));
        sorted.forEach(digest -> scanner.scan("x" + digest + "y"));
        assertThat(found)
                .hasSize(sorted.size())
                .isSorted()
                .doesNotHaveDuplicates()
                .doesNotContain(-1);
        assertThat(set.digest(17)).isEqualTo(sorted.get(17));
        found.clear();
        scanner.scan(Digest.of(new byte[] {1}).hex());
        assertThat(found).containsExactly(-1);
    }

    /** Writers put, then refer; some of what they put was there for long, and was garbage. */
    @Test
    void nothingThatIsReferredToIsEverMissingThoughWritersRun() throws Exception {
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contents.add("content " + i);
        }
        Digest lastOld = null;
        for (String content : contents) {
            lastOld = put(content);
        }
        Instant cutoff = later(time(lastOld));
        int writers = 3;
        AtomicInteger writing = new AtomicInteger(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                running.add(threads.submit(() -> {
                    try {
                        write(contents, number);
                    } finally {
                        writing.decrementAndGet();
                    }
                }));
            }
            Future<Long> collector = threads.submit(() -> {
                long removed = 0;
                while (writing.get() > 0) {
                    removed += collect(cutoff, true).removed();
                }
                return removed + collect(cutoff, true).removed();
            });
            for (Future<?> each : running) {
                each.get();
            }
            assertThat(collector.get()).isPositive();
        } finally {
            threads.shutdownNow();
        }
        for (String content : contents.subList(0, 30)) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            assertThat(stores.artifacts().read(Digest.of(bytes), 100)).isEqualTo(bytes);
        }
        for (String content : contents.subList(30, 40)) {
            assertThat(isThere(Digest.of(content.getBytes(StandardCharsets.UTF_8))))
                    .isFalse();
        }
    }

    /** Refers to the first thirty, half of them through an artifact that names them. */
    private void write(List<String> contents, int number) {
        ArtifactStore artifacts = stores.artifacts();
        for (int i = 0; i < 30; i++) {
            Digest digest = put(contents.get((i * 7 + number) % 30));
            Digest named = i % 2 == 0 ? digest : put("{\"by\":" + number + ",\"names\":\"" + digest + "\"}");
            entity("{\"artifact\":\"" + named + "\"}");
            assertThat(artifacts.size(named)).isPresent();
            assertThat(artifacts.size(digest)).isPresent();
        }
    }
}
