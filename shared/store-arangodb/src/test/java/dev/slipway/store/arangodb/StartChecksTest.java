package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoDatabase;
import com.arangodb.entity.BaseDocument;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.OverwriteMode;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.arangodb.fake.Fault;
import dev.slipway.store.arangodb.fake.RequestMatcher;
import dev.slipway.store.arangodb.fake.ServerRole;
import java.net.ServerSocket;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't keep the port's promises is refused before anything is written. */
@DisplayName("Start checks, on an ArangoDB DOUBLE, not a server")
class StartChecksTest {
    private ArangoDouble server;

    @BeforeEach
    void start() {
        server = ArangoDouble.start(MemoryAnswers.all());
    }

    @AfterEach
    void stop() {
        DoubleServer.assertNothingLeftOpen(server);
        server.close();
    }

    @Test
    void aSingleServerIsRight() {
        ArangoGraphStore.open(settings()).close();
    }

    @Test
    void aOneShardDatabaseIsMadeInACluster() {
        server.role(ServerRole.COORDINATOR);
        ArangoGraphStore.open(settings()).close();
        ArangoGraphStore.open(settings()).close();
    }

    @Test
    void aShardedDatabaseIsRefusedAndLeftAsItIs() {
        server.role(ServerRole.COORDINATOR).sharding("");
        try (Connection connection = Connection.to(settings())) {
            connection.arango().createDatabase(settings().database());
            assertRefused(settings(), ErrorKind.UNSUPPORTED, "store.deployment", "sharding 'single'");
            assertThat(connection.arango().db(settings().database()).getCollections())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY", "AGENT"})
    void aPartOfAClusterThatIsNoCoordinatorIsRefused(ServerRole role) {
        server.role(role);
        assertRefused(settings(), ErrorKind.UNSUPPORTED, "store.deployment", role.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.10.14", "2.8.0"})
    void anOldServerIsRefused(String version) {
        server.version(version);
        assertRefused(settings(), ErrorKind.UNSUPPORTED, "store.server-version", version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.11.0", "3.12.4-1", "4.0.0", "3.12.5-rc.1"})
    void aNewServerIsRight(String version) {
        server.version(version);
        ArangoGraphStore.open(settings()).close();
    }

    @Test
    void wrongCredentialsAreSaid() {
        server.credentials("root", "secret");
        assertRefused(settings(), ErrorKind.UNAUTHENTICATED, "store.credentials", "password");
    }

    @Test
    void missingRightsAreSaid() {
        server.faults().always(RequestMatcher.request("POST", "^/_api/collection"), new Fault.ErrorAnswer(403, 11));
        assertRefused(settings(), ErrorKind.FORBIDDEN, "store.forbidden", "Grant");
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ArangoSettings nowhere = ArangoSettings.of(List.of("127.0.0.1:" + port), "slipway", "root", "", false);
        assertRefused(nowhere, ErrorKind.UNAVAILABLE, "store.unreachable", "127.0.0.1:" + port);
    }

    @Test
    void aServerThatIsNotReadyIsUnreachable() {
        server.faults().always(RequestMatcher.path("."), Fault.unavailable());
        assertRefused(settings(), ErrorKind.UNAVAILABLE, "store.unreachable", "again");
    }

    @Test
    void aDatabaseThatCanNotBeMadeIsSaid() {
        server.faults().always(RequestMatcher.request("POST", "^/_api/database"), new Fault.ErrorAnswer(403, 11));
        assertRefused(settings(), ErrorKind.INVALID, "store.no-database", "Make it");
    }

    @Test
    void dataOfANewerVersionIsRefusedAndLeftAsItIs() {
        ArangoGraphStore.open(settings()).close();
        try (Connection connection = Connection.to(settings())) {
            ArangoDatabase database = connection.arango().db(settings().database());
            BaseDocument version = new BaseDocument(Keys.SCHEMA);
            version.addAttribute("version", 99);
            database.collection("meta")
                    .insertDocument(version, new DocumentCreateOptions().overwriteMode(OverwriteMode.replace));
            assertRefused(settings(), ErrorKind.UNSUPPORTED, "store.newer-version", "99");
            assertThat(database.collection("meta")
                            .getDocument(Keys.SCHEMA, BaseDocument.class)
                            .getAttribute("version"))
                    .isEqualTo(99);
        }
    }

    /** The schema is made by many requests; whichever fails, the next start goes on from there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 11, 12, 15, 19, 20, 22})
    void aStartThatIsCutOffIsGoneOnWith(int request) {
        server.faults()
                .next(
                        RequestMatcher.request("POST", "^/_api/(collection|index|gharial|document)")
                                .nth(request),
                        new Fault.DropAfter());
        assertRefused(settings(), ErrorKind.UNAVAILABLE, "store.unreachable", "again");
        ArangoGraphStore store = ArangoGraphStore.open(settings());
        assertThat(store.lastEventPosition()).isZero();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":8529", "host:port", "http://host:8529", "host:0"})
    void aMalformedEndpointIsRefused(String endpoint) {
        assertThatThrownBy(() -> ArangoSettings.of(List.of(endpoint), "slipway", "root", "", false))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .extracting(SlipwayException::code)
                .isEqualTo("store.endpoint");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(ArangoSettings.of(List.of("host"), "slipway", "root", "secret", false)
                        .toString())
                .doesNotContain("secret");
    }

    private ArangoSettings settings() {
        return DoubleServer.settings(server);
    }

    private static void assertRefused(ArangoSettings settings, ErrorKind kind, String code, String said) {
        assertThatThrownBy(() -> ArangoGraphStore.open(settings).close())
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
                    assertThat(refusal.kind()).isEqualTo(kind);
                    assertThat(refusal.getMessage()).contains(said);
                });
    }
}
