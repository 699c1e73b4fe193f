package dev.slipway.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.arangodb.ArangoSettings;
import dev.slipway.store.cassandra.CassandraSettings;
import dev.slipway.store.s3.S3Settings;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSettingsTest {
    private static final Path DATA = Path.of("data");

    @TempDir
    private Path folder;

    @Test
    void withoutAddressesAllIsEmbedded() {
        assertThat(read()).isEqualTo(StoreSettings.embedded(DATA));
        assertThat(read("SLIPWAY_S3_URL= ", "SLIPWAY_ARANGODB_URL=")).isEqualTo(StoreSettings.embedded(DATA));
    }

    @Test
    void anAddressChoosesAStore() {
        StoreSettings settings = read(
                "SLIPWAY_ARANGODB_URL=http://one:8529,http://two",
                "SLIPWAY_ARANGODB_USER=slipway",
                "SLIPWAY_ARANGODB_PASSWORD=secret",
                "SLIPWAY_CASSANDRA_CONTACT_POINTS=a:9043, b",
                "SLIPWAY_CASSANDRA_DATACENTER=here",
                "SLIPWAY_CASSANDRA_REPLICATION=3",
                "SLIPWAY_CASSANDRA_TTL=30",
                "SLIPWAY_CASSANDRA_TLS=true",
                "SLIPWAY_S3_URL=https://s3.example",
                "SLIPWAY_S3_BUCKET=artifacts",
                "SLIPWAY_S3_PREFIX=team",
                "SLIPWAY_S3_REGION=eu-central-1",
                "SLIPWAY_S3_ACCESS_KEY=key",
                "SLIPWAY_S3_SECRET_KEY=secret",
                "SLIPWAY_S3_ENCRYPTION=kms:alias/a");

        assertThat(settings.graph())
                .hasValue(ArangoSettings.of(List.of("one:8529", "two:8529"), "slipway", "slipway", "secret", false));
        assertThat(settings.metrics())
                .hasValue(new CassandraSettings(
                        List.of("a:9043", "b:9042"),
                        "here",
                        "slipway",
                        Optional.empty(),
                        Optional.empty(),
                        3,
                        Optional.of(Duration.ofDays(30)),
                        true,
                        CassandraSettings.DEFAULT_IN_FLIGHT));
        assertThat(settings.artifacts())
                .hasValue(S3Settings.of(URI.create("https://s3.example"), "artifacts", "key", "secret")
                        .withPrefix("team/")
                        .withRegion("eu-central-1")
                        .withEncryption(new S3Settings.Encryption.KmsKey("alias/a")));
    }

    @Test
    void theConfigurationSaysTheSameAsTheEnvironment() {
        try (ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "slipway.data",
                        "data",
                        "slipway.events.enabled",
                        false,
                        "slipway.cassandra.contact-points",
                        "a",
                        "slipway.cassandra.datacenter",
                        "here"))
                .build()) {
            context.getEnvironment().start();
            assertThat(StoreSettings.of(context.getEnvironment()))
                    .isEqualTo(read("SLIPWAY_CASSANDRA_CONTACT_POINTS=a", "SLIPWAY_CASSANDRA_DATACENTER=here"));
        }
    }

    @Test
    void aSecretMayStandInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "from a file\n");
        String[] s3 = {"SLIPWAY_S3_URL=http://s3", "SLIPWAY_S3_BUCKET=artifacts", "SLIPWAY_S3_ACCESS_KEY=key"};

        assertThat(read(and(s3, "SLIPWAY_S3_SECRET_KEY_FILE=" + file))
                        .artifacts()
                        .orElseThrow()
                        .secretKey())
                .isEqualTo("from a file");
        assertThat(refused(and(s3, "SLIPWAY_S3_SECRET_KEY_FILE=" + folder.resolve("missing"))))
                .contains("SLIPWAY_S3_SECRET_KEY_FILE", "missing", "can't be read");
        assertThat(refused(and(s3, "SLIPWAY_S3_SECRET_KEY_FILE=" + file, "SLIPWAY_S3_SECRET_KEY=x")))
                .contains("SLIPWAY_S3_SECRET_KEY_FILE", "set one of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SLIPWAY_ARANGODB_URL=arangodb:8529                                        | SLIPWAY_ARANGODB_URL
        SLIPWAY_ARANGODB_URL=http://a http://b                                    | SLIPWAY_ARANGODB_URL
        SLIPWAY_ARANGODB_URL=http://a,https://b                                   | mixes
        SLIPWAY_ARANGODB_URL=http://a;SLIPWAY_ARANGODB_USER=u                     | SLIPWAY_ARANGODB_PASSWORD
        SLIPWAY_ARANGODB_URL=http://a;SLIPWAY_ARANGODB_PASSWORD=p                 | SLIPWAY_ARANGODB_USER
        SLIPWAY_ARANGODB_PASSWORD=p                                               | SLIPWAY_ARANGODB_URL is not
        SLIPWAY_CASSANDRA_CONTACT_POINTS=a                                        | SLIPWAY_CASSANDRA_DATACENTER
        SLIPWAY_CASSANDRA_DATACENTER=here                                         | SLIPWAY_CASSANDRA_CONTACT_POINTS is not
        SLIPWAY_CASSANDRA_CONTACT_POINTS=a/b;SLIPWAY_CASSANDRA_DATACENTER=here    | 'a/b:9042'
        SLIPWAY_CASSANDRA_CONTACT_POINTS=a;SLIPWAY_CASSANDRA_DATACENTER=here;SLIPWAY_CASSANDRA_USER=u | SLIPWAY_CASSANDRA_PASSWORD
        SLIPWAY_CASSANDRA_CONTACT_POINTS=a;SLIPWAY_CASSANDRA_DATACENTER=here;SLIPWAY_CASSANDRA_TLS=yes | true or false
        SLIPWAY_CASSANDRA_CONTACT_POINTS=a;SLIPWAY_CASSANDRA_DATACENTER=here;SLIPWAY_CASSANDRA_TTL=-1 | SLIPWAY_CASSANDRA_TTL
        SLIPWAY_S3_URL=s3.example                                                 | SLIPWAY_S3_URL
        SLIPWAY_S3_URL=http://s3/bucket                                           | without a path
        SLIPWAY_S3_URL=http://s3                                                  | SLIPWAY_S3_BUCKET
        SLIPWAY_S3_BUCKET=artifacts                                               | SLIPWAY_S3_URL is not
        SLIPWAY_S3_URL=http://s3;SLIPWAY_S3_BUCKET=artifacts;SLIPWAY_S3_ACCESS_KEY=k | SLIPWAY_S3_SECRET_KEY
        SLIPWAY_S3_URL=http://s3;SLIPWAY_S3_BUCKET=artifacts;SLIPWAY_S3_SECRET_KEY=s | SLIPWAY_S3_ACCESS_KEY
        SLIPWAY_S3_URL=http://s3;SLIPWAY_S3_BUCKET=artifacts                      | SLIPWAY_S3_ACCESS_KEY
        SLIPWAY_S3_URL=http://s3;SLIPWAY_S3_BUCKET=A;SLIPWAY_S3_ACCESS_KEY=k;SLIPWAY_S3_SECRET_KEY=s | bucket
        SLIPWAY_S3_URL=http://s3;SLIPWAY_S3_BUCKET=artifacts;SLIPWAY_S3_ACCESS_KEY=k;SLIPWAY_S3_SECRET_KEY=s;SLIPWAY_S3_ENCRYPTION=yes | SLIPWAY_S3_ENCRYPTION
        """)
    void whatIsWrongIsNamed(String variables, String named) {
        assertThat(refused(variables.split(";"))).contains(named);
    }

    @Test
    void noSecretIsRepeated() {
        assertThat(refused("SLIPWAY_S3_URL=http://key:topsecret@s3")).doesNotContain("topsecret");
    }

    private static String refused(String... variables) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, () -> read(variables));
        assertThat(refusal).as(Arrays.toString(variables)).isNotNull();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID);
        return refusal.getMessage();
    }

    private static StoreSettings read(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return StoreSettings.ofEnvironment(DATA, environment);
    }

    private static String[] and(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
