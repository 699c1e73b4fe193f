package dev.slipway.store.arangodb;

import com.arangodb.ArangoDB;
import com.arangodb.Protocol;
import com.arangodb.http.HttpProtocolConfig;
import com.arangodb.shaded.vertx.core.Vertx;
import com.arangodb.shaded.vertx.core.VertxOptions;
import dev.slipway.kernel.SlipwayException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/** The driver with all its connections on one event loop; by itself it would start one for each connection. */
record Connection(ArangoDB arango, Vertx eventLoop) implements AutoCloseable {
    static Connection to(ArangoSettings settings) {
        Vertx eventLoop = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        ArangoDB.Builder builder = new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .protocolConfig(HttpProtocolConfig.builder().vertx(eventLoop).build())
                .serde(new DocumentSerde())
                .user(settings.user())
                .password(settings.password())
                .timeout(Math.toIntExact(settings.timeout().toMillis()))
                .useSsl(settings.tls());
        if (settings.tls()) {
            builder.sslContext(trusted());
        }
        for (String text : settings.endpoints()) {
            ArangoSettings.Endpoint endpoint = ArangoSettings.Endpoint.of(text);
            builder.host(endpoint.host(), endpoint.port());
        }
        return new Connection(builder.build(), eventLoop);
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw SlipwayException.internal("store.tls", "This JVM has no TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        arango.shutdown();
        eventLoop.close().toCompletionStage().toCompletableFuture().join();
    }
}
