package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.cassandra.server.ServerKind;
import dev.slipway.s3.server.S3ServerProcess;
import dev.slipway.standalone.demo.DemoRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A team that outgrows the embedded stores moves to Cassandra and S3, and may come back. */
@ExtendWith(DemoRuns.class)
class AdminMoveTest {
    @TempDir
    private Path folder;

    @Test
    void everythingMovesToOtherStoresAndBack(DemoRuns.Data demo) throws IOException {
        assumeTrue(CassandraServer.available(), CassandraServer.needed());
        try (CassandraServer cassandra = CassandraServer.start(folder.resolve("cassandra"), ServerKind.FAST);
                S3ServerProcess s3 = S3ServerProcess.start(Files.createDirectories(folder.resolve("s3")))) {
            Map<String, String> distributed = Map.of(
                    "SLIPWAY_CASSANDRA_CONTACT_POINTS",
                    cassandra.contactPoint(),
                    "SLIPWAY_CASSANDRA_DATACENTER",
                    CassandraServer.DATACENTER,
                    "SLIPWAY_S3_URL",
                    s3.endpoint().toString(),
                    "SLIPWAY_S3_BUCKET",
                    "slipway",
                    "SLIPWAY_S3_ACCESS_KEY",
                    s3.accessKey(),
                    "SLIPWAY_S3_SECRET_KEY",
                    s3.secretKey());
            admin(Map.of(), "export", "first", "--data", demo.folder().toString());
            admin(distributed, "import", "first", "--data", "distributed");
            assertThat(admin(distributed, "check", "--data", "distributed")).containsEntry("clean", true);
            admin(distributed, "export", "second", "--data", "distributed");
            admin(Map.of(), "import", "second", "--data", "embedded");
            assertThat(admin(Map.of(), "check", "--data", "embedded")).containsEntry("clean", true);

            assertThat(sections("second")).isEqualTo(sections("first"));
            assertThat(sections("first").values())
                    .as("the demo has left something of every kind")
                    .allSatisfy(section -> assertThat(section.lines()).isPositive());
            assertThat(files(folder.resolve("distributed")))
                    .as("metrics and artifacts are elsewhere")
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("graph.db"));
        }
    }

    private Map<String, Object> admin(Map<String, String> environment, String command, String... arguments) {
        String[] line = Stream.concat(Stream.of("admin", command, "--json"), Stream.of(arguments))
                .toArray(String[]::new);
        try (CommandProcess process = CommandProcess.start(folder, environment, line)) {
            CommandResult result = process.end();
            assertThat(result.exitCode())
                    .as("%s%n%s", result.out(), result.err())
                    .isZero();
            return result.json();
        }
    }

    /** Each section's number of lines and hash, which say the same of the same content. */
    private Map<String, Section> sections(String export) throws IOException {
        Map<String, Object> manifest =
                CommandResult.parse(Files.readString(folder.resolve(export).resolve("manifest.json")));
        Map<String, Section> sections = new HashMap<>();
        ((Map<?, ?>) manifest.get("sections")).forEach((name, value) -> {
            Map<?, ?> section = (Map<?, ?>) value;
            sections.put((String) name, new Section(((Number) section.get("lines")).longValue(), section.get("hash")));
        });
        return sections;
    }

    private record Section(long lines, Object hash) {}

    private static List<String> files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
