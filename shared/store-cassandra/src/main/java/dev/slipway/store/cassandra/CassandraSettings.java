package dev.slipway.store.cassandra;

import dev.slipway.kernel.SlipwayException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the metrics' Cassandra is and how it is used. What is wrong is refused with {@code INVALID}, code {@code
 * store.setting}.
 *
 * @param contactPoints nodes to begin with, each as {@code host:port}; at least one
 * @param datacenter the datacenter whose nodes are spoken to; it holds {@code replication} copies
 * @param keyspace made if it is not there; a-z, 0-9 and _, beginning with a letter, 48 at most
 * @param user whom to log in as; together with {@code password}
 * @param replication how many nodes hold each chunk if the keyspace has yet to be made, 1 to 9; a write is acknowledged by
 *     most of them
 * @param timeToLive how long points are kept, 1 s to {@value #MAX_DAYS_TO_LIVE} days; empty for ever. Merging chunks may
 *     keep some points longer, never shorter
 * @param tls whether connections are encrypted and the nodes' certificates and names checked, by the JVM's trust store
 * @param inFlight how many requests may be under way at once, 1 to 1024
 */
public record CassandraSettings(
        List<String> contactPoints,
        String datacenter,
        String keyspace,
        Optional<String> user,
        Optional<String> password,
        int replication,
        Optional<Duration> timeToLive,
        boolean tls,
        int inFlight) {
    /** How many requests are under way at once, unless set otherwise. */
    public static final int DEFAULT_IN_FLIGHT = 128;

    /** Cassandra keeps what expires for 20 years at most, and the names of series live twice as long as their points. */
    private static final int MAX_DAYS_TO_LIVE = 3600;

    private static final Pattern CONTACT_POINT =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9][A-Za-z0-9._-]{0,252}):([0-9]{1,5})");
    private static final Pattern DATACENTER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        check(!contactPoints.isEmpty(), "at least one contact point is needed, as host:port.");
        contactPoints.forEach(CassandraSettings::address);
        check(
                DATACENTER.matcher(datacenter).matches(),
                "'" + datacenter + "' can't name a datacenter; `nodetool status` shows its name.");
        check(
                KEYSPACE.matcher(keyspace).matches(),
                "'" + keyspace + "' can't name a keyspace: use up to 48 of a-z, 0-9 and _, beginning with a letter.");
        check(user.isPresent() == password.isPresent(), "user and password are set together or not at all.");
        check(replication >= 1 && replication <= 9, "replication is 1 to 9, not " + replication + ".");
        timeToLive.ifPresent(time -> check(
                time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(Duration.ofDays(MAX_DAYS_TO_LIVE)) <= 0,
                "the time to live is 1 second to " + MAX_DAYS_TO_LIVE + " days, not " + time + "."));
        check(inFlight >= 1 && inFlight <= 1024, "1 to 1024 requests may be under way at once, not " + inFlight + ".");
    }

    /** Plain connections without credentials; points are kept for ever. */
    public static CassandraSettings of(
            List<String> contactPoints, String datacenter, String keyspace, int replication) {
        return new CassandraSettings(
                contactPoints,
                datacenter,
                keyspace,
                Optional.empty(),
                Optional.empty(),
                replication,
                Optional.empty(),
                false,
                DEFAULT_IN_FLIGHT);
    }

    /** Names are looked up when connecting, so that a node may move. */
    List<InetSocketAddress> addresses() {
        return contactPoints.stream().map(CassandraSettings::address).toList();
    }

    private static InetSocketAddress address(String contactPoint) {
        Matcher form = CONTACT_POINT.matcher(contactPoint);
        check(form.matches(), "'" + contactPoint + "' is no contact point: write host:port.");
        int port = Integer.parseInt(form.group(2));
        check(port >= 1 && port <= 65535, "'" + contactPoint + "' is no contact point: ports are 1 to 65535.");
        return InetSocketAddress.createUnresolved(form.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw SlipwayException.invalid("store.setting", "The settings of Cassandra are wrong: " + otherwise);
        }
    }

    /** Without the password, so that it gets into no log. */
    @Override
    public String toString() {
        return "Cassandra at " + contactPoints + " in datacenter " + datacenter + ", keyspace " + keyspace;
    }
}
