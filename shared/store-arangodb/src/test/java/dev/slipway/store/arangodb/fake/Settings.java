package dev.slipway.store.arangodb.fake;

import java.time.Duration;

/** What a test may change about the double while it runs. */
final class Settings {

    private volatile ServerRole role = ServerRole.SINGLE;
    private volatile String version = "3.12.4";
    private volatile String sharding = "";
    private volatile Credentials credentials = new Credentials("root", "");
    private volatile Duration transactionIdleLimit = Duration.ofSeconds(60);

    record Credentials(String user, String password) {}

    ServerRole role() {
        return role;
    }

    void role(ServerRole to) {
        role = to;
    }

    String version() {
        return version;
    }

    void version(String to) {
        version = to;
    }

    String sharding() {
        return sharding;
    }

    void sharding(String to) {
        sharding = to;
    }

    Credentials credentials() {
        return credentials;
    }

    void credentials(Credentials to) {
        credentials = to;
    }

    Duration transactionIdleLimit() {
        return transactionIdleLimit;
    }

    void transactionIdleLimit(Duration to) {
        transactionIdleLimit = to;
    }
}
