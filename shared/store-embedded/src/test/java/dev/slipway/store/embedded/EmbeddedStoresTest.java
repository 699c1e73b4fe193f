package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class EmbeddedStoresTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void aDataFolderIsMadeAndOpenedAgainWithWhatWasWritten() {
        Path data = folder.resolve("a/b/data");
        Digest digest;
        try (EmbeddedStores stores = EmbeddedStores.open(data, CLOCK)) {
            take(stores, "name/x");
            digest = stores.artifacts().put(bytes("hello")).digest();
        }
        try (EmbeddedStores stores = EmbeddedStores.open(data, CLOCK)) {
            assertThat(stores.graph().claim(Workspace.DEFAULT, "name/x")).contains("me");
            assertThat(stores.artifacts().read(digest, 5)).isEqualTo(bytes("hello"));
        }
        assertThat(data.resolve("graph.db")).isRegularFile();
        assertThat(data.resolve("metrics.db")).isRegularFile();
        assertThat(data.resolve("artifacts/" + digest.hex().substring(0, 2) + "/"
                        + digest.hex().substring(2, 4) + "/" + digest))
                .hasContent("hello");
    }

    @Test
    void aFolderOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
        for (String file : List.of("graph.db", "metrics.db")) {
            Path data = folder.resolve("of-newer-" + file);
            EmbeddedStores.open(data, CLOCK).close();
            execute(data.resolve(file), "PRAGMA user_version = 999");
            byte[] before = Files.readAllBytes(data.resolve(file));
            assertRefused(() -> EmbeddedStores.open(data, CLOCK), ErrorKind.UNSUPPORTED, "store.newer-version");
            assertThat(Files.readAllBytes(data.resolve(file))).isEqualTo(before);
        }
    }

    @Test
    void aFolderThatCanNotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertRefused(() -> EmbeddedStores.open(file, CLOCK), ErrorKind.UNAVAILABLE, "store.unwritable");
        assertRefused(
                () -> EmbeddedStores.open(file.resolve("data"), CLOCK), ErrorKind.UNAVAILABLE, "store.unwritable");
        Path inTheWay = folder.resolve("in-the-way");
        Files.createDirectories(inTheWay.resolve("graph.db"));
        assertRefused(() -> EmbeddedStores.open(inTheWay, CLOCK), ErrorKind.UNAVAILABLE, "store.unwritable");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("graph.db"), "this is no database at all".repeat(100));
        assertRefused(() -> EmbeddedStores.open(folder, CLOCK), ErrorKind.INTERNAL, "store.corrupt");
    }

    @Test
    void manyWhoOpenANewFolderAtOnceAllSucceed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "name/" + i;
                opened.add(threads.submit(() -> {
                    try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
                        take(stores, name);
                    }
                }));
            }
            for (Future<?> each : opened) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            for (int i = 0; i < 4; i++) {
                assertThat(stores.graph().claim(Workspace.DEFAULT, "name/" + i)).contains("me");
            }
        }
    }

    @Test
    void callsAfterTheCloseAreRefused() {
        EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK);
        stores.close();
        stores.close();
        assertRefused(() -> take(stores, "name/x"), ErrorKind.UNAVAILABLE, "store.closed");
        assertRefused(() -> stores.graph().claim(Workspace.DEFAULT, "name/x"), ErrorKind.UNAVAILABLE, "store.closed");
    }

    @Test
    void aDamagedArtifactFailsBeforeItsLastByte() throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            byte[] bytes = bytes("0123456789");
            Digest digest = stores.artifacts().put(bytes).digest();
            for (String damage : List.of("0123456780", "012345678", "01234567890", "")) {
                Files.writeString(artifact(digest), damage);
                List<Integer> delivered = new ArrayList<>();
                assertThatThrownBy(() -> readInto(stores, digest, delivered))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("damaged");
                assertThat(delivered).hasSizeLessThan(Math.max(1, damage.length()));
                assertRefused(() -> stores.artifacts().read(digest, 100), ErrorKind.UNAVAILABLE, "artifact.unreadable");
            }
        }
    }

    private static void readInto(EmbeddedStores stores, Digest digest, List<Integer> delivered) throws IOException {
        try (InputStream in = stores.artifacts().open(digest, 0, OptionalLong.empty())) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                delivered.add(next);
            }
        }
    }

    @Test
    void whatADeadProcessLeftIsClearedAwayOnceItIsOld() throws IOException {
        EmbeddedStores.open(folder, CLOCK).close();
        Path temporary = folder.resolve("artifacts/tmp");
        Path old = Files.writeString(temporary.resolve("old"), "x");
        Path young = Files.writeString(temporary.resolve("young"), "x");
        Files.setLastModifiedTime(old, FileTime.from(CLOCK.instant().minus(Duration.ofDays(2))));
        Files.setLastModifiedTime(young, FileTime.from(CLOCK.instant().minus(Duration.ofMinutes(1))));
        EmbeddedStores.open(folder, CLOCK).close();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void whatAProcessHadTakenAwayWhenItDiedIsGivenBack() throws IOException {
        byte[] bytes = bytes("taken away");
        byte[] putAnew = bytes("taken away, then put anew");
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            for (byte[] each : List.of(bytes, putAnew)) {
                Digest digest = stores.artifacts().put(each).digest();
                Path taken = folder.resolve("artifacts/tmp/" + digest + ".a-name.removed");
                Files.move(artifact(digest), taken);
                assertThat(stores.artifacts().read(digest, 100)).isEqualTo(each);
                assertThat(stores.artifacts().size(digest)).hasValue(each.length);
            }
            stores.artifacts().put(putAnew);
        }
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            for (byte[] each : List.of(bytes, putAnew)) {
                assertThat(artifact(Digest.of(each))).hasBinaryContent(each);
                assertThat(stores.artifacts().read(Digest.of(each), 100)).isEqualTo(each);
            }
            assertThat(stores.artifacts().list(10, Optional.empty()).items()).hasSize(2);
        }
        try (Stream<Path> left = Files.list(folder.resolve("artifacts/tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void rowsAreRestoredTogetherOrNotAtAll() {
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            Envelope entity = new Envelope(
                    new IdGenerator().next(EntityId::new), Workspace.DEFAULT, EntityType.RUN, 1, 1, 1, 1, "{}");
            IndexEntry twice = IndexEntry.of("a", IndexValue.of("b"));
            List<GraphRow> rows = List.of(
                    new GraphRow.ClaimRow(Workspace.DEFAULT, "name/x", "me"),
                    new GraphRow.EntityRow(entity, List.of(twice, twice)));
            assertThatThrownBy(() -> stores.graph().restore(rows)).isInstanceOf(SlipwayException.class);
            assertThat(stores.graph().claim(Workspace.DEFAULT, "name/x")).isEmpty();
            assertThat(stores.graph().get(Workspace.DEFAULT, List.of(entity.id())))
                    .isEmpty();
        }
    }

    @Test
    void noTemporaryFileIsLeftByAPut() throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(folder, CLOCK)) {
            stores.artifacts().put(bytes("a"));
            stores.artifacts().put(bytes("a"));
        }
        try (Stream<Path> left = Files.list(folder.resolve("artifacts/tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    private Path artifact(Digest digest) {
        return folder.resolve("artifacts")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2, 4))
                .resolve(digest.hex());
    }

    private static void take(EmbeddedStores stores, String name) {
        stores.graph()
                .commit(Batch.in(Workspace.DEFAULT)
                        .claim(new ClaimChange.Take(name, "me"))
                        .build());
    }

    private static void execute(Path file, String sql) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(ThrowingCallable call, ErrorKind kind, String code) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.kind()).isEqualTo(kind);
                });
    }
}
