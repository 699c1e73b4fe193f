package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server itself tells which values name the partition of a statement. */
@ExtendWith(SharedServer.class)
class CqlTest {
    private static final Pattern TABLE = Pattern.compile("(?:FROM|INTO) conformance\\.(\\w+)");

    private final SharedServer.Running server;
    private CqlSession session;

    CqlTest(SharedServer.Running server) {
        this.server = server;
    }

    @BeforeEach
    void connect() {
        CassandraSettings settings = server.settings("conformance");
        CassandraMetricStore.open(settings).close();
        CassandraErrors errors = new CassandraErrors(settings);
        session = new Connector(settings, errors, Waiting.whileOpening(errors)).connect();
    }

    @AfterEach
    void disconnect() {
        session.close();
    }

    @ParameterizedTest
    @EnumSource(value = Cql.class, mode = EnumSource.Mode.EXCLUDE, names = "LIST_SERIES")
    void everyStatementNamesAWholePartition(Cql cql) {
        String text = cql.text("conformance");
        PreparedStatement prepared = session.prepare(text);
        List<String> named = prepared.getPartitionKeyIndices().stream()
                .map(index -> prepared.getVariableDefinitions().get(index))
                .map(ColumnDefinition::getName)
                .map(Object::toString)
                .toList();
        assertThat(named).isEqualTo(partitionKey(text));
    }

    private List<String> partitionKey(String text) {
        Matcher table = TABLE.matcher(text);
        assertThat(table.find()).isTrue();
        TableMetadata metadata = session.getMetadata()
                .getKeyspace("conformance")
                .flatMap(keyspace -> keyspace.getTable(table.group(1)))
                .orElseThrow();
        return metadata.getPartitionKey().stream()
                .map(ColumnMetadata::getName)
                .map(Object::toString)
                .toList();
    }

    @Test
    void noneFiltersDeletesOrComparesAndSets() {
        for (Cql cql : Cql.values()) {
            assertThat(cql.text("conformance")).doesNotContain("ALLOW FILTERING", "DELETE", " IF ", "IN (", "COUNTER");
        }
    }
}
