package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.demo.DemoRuns;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code slipway admin} on what the demo has left. */
@ExtendWith(DemoRuns.class)
class AdminTest {
    @TempDir
    private Path folder;

    private static CommandResult admin(String command, Path data, String... more) {
        List<String> line = new ArrayList<>(List.of("admin", command, "--data", data.toString(), "--json"));
        line.addAll(List.of(more));
        return CommandResult.of(line.toArray(String[]::new));
    }

    private static CommandResult succeeding(CommandResult result) {
        assertThat(result.exitCode()).as("%s%n%s", result.out(), result.err()).isZero();
        return result;
    }

    @Test
    void theDemosInstallationIsMovedCleanedAndServed(DemoRuns.Data demo) throws IOException {
        Path export = folder.resolve("export");
        Path data = folder.resolve("data");
        CommandResult checked = succeeding(admin("check", demo.folder()));
        assertThat(checked.json()).containsEntry("clean", true).containsEntry("findings", List.of());

        Object exported = succeeding(admin("export", demo.folder(), export.toString()))
                .json()
                .get("exported");
        Object imported =
                succeeding(admin("import", data, export.toString())).json().get("imported");
        assertThat(imported).isEqualTo(exported);
        assertThat(succeeding(admin("check", data)).json()).isEqualTo(checked.json());

        Digest garbage = putGarbage(data);
        CommandResult told = succeeding(admin("gc", data, "--older-than", "0s", "--allow-young", "--dry-run"));
        assertThat(isThere(data, garbage)).isTrue();
        CommandResult removed = succeeding(admin("gc", data, "--older-than", "0s", "--allow-young"));
        assertThat(number(removed, "removed"))
                .isEqualTo(number(told, "removed"))
                .isPositive();
        assertThat(isThere(data, garbage)).isFalse();
        assertThat(succeeding(admin("check", data)).json()).containsEntry("clean", true);

        copyKeys(demo.folder(), data);
        try (SlipwayServer server =
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()))) {
            Path fetched = folder.resolve("fetched");
            succeeding(CommandResult.of(
                    "fetch", "digits", "--server", server.uri().toString(), "-o", fetched.toString(), "--json"));
        }
    }

    /** The keys that sign manifests are no part of an export. */
    private static void copyKeys(Path from, Path to) throws IOException {
        Path keys = Files.createDirectories(to.resolve("keys"));
        try (Stream<Path> files = Files.list(from.resolve("keys"))) {
            for (Path file : files.toList()) {
                Files.copy(file, keys.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static long number(CommandResult result, String field) {
        return ((Number) result.json().get(field)).longValue();
    }

    private static Digest putGarbage(Path data) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            return stores.artifacts()
                    .put("nothing refers to this".getBytes(StandardCharsets.UTF_8))
                    .digest();
        }
    }

    private static boolean isThere(Path data, Digest digest) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            return stores.artifacts().size(digest).isPresent();
        }
    }

    @Test
    void whatIsWrongIsToldAndMended(DemoRuns.Data demo) {
        Path export = folder.resolve("export");
        Path data = folder.resolve("data");
        succeeding(admin("export", demo.folder(), export.toString()));
        succeeding(admin("import", data, export.toString()));
        damage(data);

        CommandResult found = admin("check", data, "--quick");
        assertThat(found.exitCode()).as(found.err()).isEqualTo(5);
        assertThat(found.json()).containsEntry("clean", false);
        assertThat(counts(found, "found"))
                .containsEntry("wrong-index", 1)
                .containsEntry("dangling-edge", 1)
                .containsEntry("missing-artifact", 0);

        CommandResult mended = succeeding(admin("check", data, "--quick", "--repair"));
        assertThat(counts(mended, "repaired")).isEqualTo(counts(found, "found"));
        CommandResult text = CommandResult.of("admin", "check", "--quick", "--data", data.toString());
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("wrong-index", "All is well.");
    }

    /** An entity that stands in no index any more, and an edge to nowhere. */
    private static void damage(Path data) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            EntityRow indexed = stores.graph().rows(GraphRow.Kind.ENTITY, 1000, Optional.empty()).items().stream()
                    .map(EntityRow.class::cast)
                    .filter(row -> !row.indexed().isEmpty())
                    .findFirst()
                    .orElseThrow();
            stores.graph().restore(List.of(new EntityRow(indexed.entity(), List.of())));
            EntityRef known =
                    new EntityRef(indexed.entity().type(), indexed.entity().id());
            EntityRef unknown = new EntityRef(EntityType.RUN, new IdGenerator().next(EntityId::new));
            stores.graph()
                    .commit(Batch.in(Workspace.DEFAULT)
                            .link(new Edge(known, EdgeType.USED, unknown, 1))
                            .build());
        }
    }

    @SuppressWarnings("unchecked") // The command writes numbers there.
    private static Map<String, Object> counts(CommandResult result, String field) {
        return (Map<String, Object>) result.json().get(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"admin", "admin gc --older-than soon", "admin export", "admin import", "admin check --limit many"
            })
    void wrongUsageIsTold(String line) {
        assertThat(CommandResult.of(line.split(" ")).exitCode()).isEqualTo(2);
    }

    @Test
    void whatCanNotBeDoneIsToldByItsCode() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertRefused(admin("gc", folder, "--older-than", "59m"), 3, "gc.too-young");
        for (String command : List.of("check", "gc")) {
            assertRefused(admin(command, nowhere), 4, "admin.no-data");
        }
        assertRefused(admin("export", nowhere, folder.toString()), 4, "admin.no-data");
        assertRefused(admin("import", folder.resolve("data"), nowhere.toString()), 4, "export.none");
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("thesis.txt"), "precious");
        assertRefused(admin("export", folder.resolve("data"), full.toString()), 5, "export.not-empty");
        assertThat(nowhere).doesNotExist();
    }

    private static void assertRefused(CommandResult result, int exitCode, String code) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.error()).containsEntry("code", code);
        assertThat(result.out()).isEmpty();
    }
}
