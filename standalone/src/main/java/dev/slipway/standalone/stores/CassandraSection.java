package dev.slipway.standalone.stores;

import dev.slipway.store.cassandra.CassandraSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code slipway.cassandra.*}: the metric store's servers. */
final class CassandraSection {
    private static final int DEFAULT_PORT = 9042;

    private CassandraSection() {}

    static Optional<CassandraSettings> read(Function<String, Optional<String>> source) {
        Section section = new Section("cassandra", source);
        List<String> contactPoints = section.list("contact-points").stream()
                .map(CassandraSection::withPort)
                .toList();
        Optional<String> password = section.secret("password");
        if (contactPoints.isEmpty()) {
            section.refuseWithout(
                    "contact-points",
                    "datacenter",
                    "keyspace",
                    "user",
                    "password",
                    "password-file",
                    "replication",
                    "ttl",
                    "tls");
            return Optional.empty();
        }
        section.refuseHalf("user", section.text("user").isPresent(), "password", password.isPresent());
        return Optional.of(new CassandraSettings(
                contactPoints,
                section.needed("datacenter", "the name that 'nodetool status' shows, such as datacenter1."),
                section.text("keyspace").orElse("slipway"),
                section.text("user"),
                password,
                section.number("replication").orElse(1),
                section.number("ttl").map(Duration::ofDays),
                section.flag("tls"),
                CassandraSettings.DEFAULT_IN_FLIGHT));
    }

    private static String withPort(String contactPoint) {
        boolean hasPort = contactPoint.lastIndexOf(':') > contactPoint.lastIndexOf(']');
        return hasPort ? contactPoint : contactPoint + ":" + DEFAULT_PORT;
    }
}
