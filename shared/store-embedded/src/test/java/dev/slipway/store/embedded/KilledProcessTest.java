package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.TraversalQuery;
import dev.slipway.store.metric.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed (SIGKILL) again and again; what it had acknowledged is there, and nothing in halves. */
class KilledProcessTest {
    private static final int ROUNDS = 16;

    @TempDir
    Path folder;

    /** What the killed processes had said. */
    private final Set<Long> batches = new HashSet<>();

    private final Set<Long> points = new HashSet<>();
    private final Set<Digest> artifacts = new HashSet<>();

    @Test
    @Timeout(600)
    void everyAcknowledgedWriteIsWholeAndNoneIsHalf() throws Exception {
        Random random = new Random();
        long first = 1;
        for (int round = 0; round < ROUNDS; round++) {
            writeUntilKilled(first, 1 + random.nextInt(120));
            long last = Math.max(first, greatest(batches));
            try (EmbeddedStores stores = EmbeddedStores.open(folder.resolve("data"), InstantSource.system())) {
                assertGraphWhole(stores, first, last);
                assertPointsThere(stores);
                assertArtifactsWhole(stores);
            }
            first = Math.max(last, greatest(points)) + 10;
        }
        assertThat(batches).hasSizeGreaterThan(ROUNDS);
        assertThat(points).hasSizeGreaterThan(ROUNDS);
        assertThat(artifacts).isNotEmpty();
    }

    @Test
    @Timeout(120)
    void aProcessThatNobodyKillsEndsWithItsParent() throws Exception {
        Process process = start(1);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).as("it has begun").isNotNull();

            // As when the parent dies; what it says is read on, so that no broken pipe tells it.
            process.getOutputStream().close();

            assertThat(lines.lines().count()).isNotNegative();
            assertThat(process.waitFor()).isOne();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long greatest(Set<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Kills the process after some acknowledgements, in the midst of whatever it is doing then. */
    private void writeUntilKilled(long first, int acknowledgements) throws IOException, InterruptedException {
        Process process = start(first);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                read++;
                if (read == acknowledgements) {
                    // By its handle, because Process would close the pipe and lose what was said before the death.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(read).as("what the process said before it was killed").isGreaterThanOrEqualTo(acknowledgements);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(long first) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        folder.resolve("data").toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A line that the kill cut short acknowledges nothing. */
    private void remember(String line) {
        if (line.matches("graph \\d+")) {
            batches.add(Long.parseLong(line.substring(6)));
        } else if (line.matches("metric \\d+")) {
            points.add(Long.parseLong(line.substring(7)));
        } else if (line.matches("artifact [0-9a-f]{64}")) {
            artifacts.add(new Digest(line.substring(9)));
        }
    }

    private void assertGraphWhole(EmbeddedStores stores, long first, long last) {
        Map<String, Long> events = events(stores);
        Set<EntityId> withFacets = withFacets(stores, first);
        // One further batch may have been written without having been acknowledged.
        for (long number = first; number <= last + 2; number++) {
            boolean taken = stores.graph()
                    .claim(CrashBatch.WORKSPACE, CrashBatch.claim(number))
                    .isPresent();
            if (batches.contains(number)) {
                assertThat(taken).as("batch %d was acknowledged", number).isTrue();
            }
            assertThat(parts(stores, events, withFacets, number))
                    .as("parts of batch %d", number)
                    .isEqualTo(taken ? CrashBatch.ENTITIES * 4 + CrashBatch.EVENTS : 0);
        }
        assertThat(events.values()).allMatch(count -> count == CrashBatch.EVENTS);
        assertThat(events.keySet())
                .containsAll(batches.stream().map(String::valueOf).toList());
    }

    /** How many entities, places in the index, edges, facets and events there are of a batch. */
    private static long parts(EmbeddedStores stores, Map<String, Long> events, Set<EntityId> withFacets, long number) {
        List<EntityId> ids = CrashBatch.runs(number).stream().map(EntityRef::id).toList();
        int entities = stores.graph().get(CrashBatch.WORKSPACE, ids).size();
        long places = stores.graph()
                .count(new EntityQuery(
                        CrashBatch.WORKSPACE,
                        EntityType.RUN,
                        CrashBatch.INDEX,
                        List.of(IndexValue.of(number)),
                        false,
                        10,
                        Optional.empty()));
        int edges = stores.graph()
                .traverse(new TraversalQuery(
                        CrashBatch.WORKSPACE, ids.subList(0, 1), Direction.UPSTREAM, Set.of(), 1, 100))
                .edges()
                .size();
        long facets = ids.stream().filter(withFacets::contains).count();
        return entities + places + edges + facets + events.getOrDefault(Long.toString(number), 0L);
    }

    private static Map<String, Long> events(EmbeddedStores stores) {
        List<Event> events = new ArrayList<>();
        List<Event> page = stores.graph().events(0, 1000);
        while (!page.isEmpty()) {
            events.addAll(page);
            page = stores.graph().events(page.get(page.size() - 1).position(), 1000);
        }
        return events.stream()
                .collect(Collectors.groupingBy(event -> event.event().body(), Collectors.counting()));
    }

    private static Set<EntityId> withFacets(EmbeddedStores stores, long first) {
        Set<EntityId> found = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = stores.graph()
                    .search(new FacetQuery(
                            CrashBatch.WORKSPACE,
                            EntityType.RUN,
                            List.of(CrashBatch.SCOPE),
                            List.of(new FacetQuery.Condition.Compare(
                                    FacetKind.METRIC,
                                    "number",
                                    FacetQuery.Comparison.GREATER_OR_EQUAL,
                                    new Facet.Value.Num(first))),
                            List.of(),
                            1000,
                            cursor));
            found.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return found;
    }

    private void assertPointsThere(EmbeddedStores stores) {
        for (String key : List.of("a", "b")) {
            Set<Long> found = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = stores.metrics().range(CrashBatch.series(key), 0, Long.MAX_VALUE, 5000, cursor);
                page.items().stream().map(Point::step).forEach(found::add);
                cursor = page.next();
            } while (cursor.isPresent());
            assertThat(found).containsAll(points);
        }
    }

    /** Reading to the end checks the digest. */
    private void assertArtifactsWhole(EmbeddedStores stores) throws IOException {
        Set<Digest> listed = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = stores.artifacts().list(1000, cursor);
            for (ListedArtifact item : page.items()) {
                Artifact artifact = item.artifact();
                listed.add(artifact.digest());
                try (InputStream bytes = stores.artifacts().open(artifact.digest(), 0, OptionalLong.empty())) {
                    assertThat(bytes.transferTo(OutputStream.nullOutputStream()))
                            .isEqualTo(artifact.size());
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(listed).containsAll(artifacts);
    }
}
