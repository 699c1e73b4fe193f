package dev.slipway.standalone.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Stands between who fetches and the server: notes what is asked for, and may change or cut what is answered. */
final class Relay implements AutoCloseable {
    /** A file that was asked for; empty where the whole of it was. */
    record FileRequest(String path, Optional<String> range) {}

    /**
     * What is done to answers.
     *
     * @param manifest what becomes of a manifest
     * @param fileBytes how many bytes of a file come through before the connection breaks
     */
    record Mischief(UnaryOperator<byte[]> manifest, int fileBytes) {
        static final Mischief NONE = new Mischief(UnaryOperator.identity(), Integer.MAX_VALUE);
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<FileRequest> fileRequests = new CopyOnWriteArrayList<>();
    private final HttpServer relay;
    private final URI server;
    private final Mischief mischief;

    private Relay(HttpServer relay, URI server, Mischief mischief) {
        this.relay = relay;
        this.server = server;
        this.mischief = mischief;
    }

    static Relay to(URI server, Mischief mischief) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Relay relay = new Relay(http, server, mischief);
        http.createContext("/", relay::pass);
        http.start();
        return relay;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + relay.getAddress().getPort());
    }

    List<FileRequest> fileRequests() {
        return List.copyOf(fileRequests);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            Optional<String> range =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
            boolean file = path.contains("/files/");
            if (file) {
                fileRequests.add(new FileRequest(path, range));
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
            range.ifPresent(value -> request.header("Range", value));
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            byte[] body = path.endsWith("/manifest") ? mischief.manifest().apply(answer.body()) : answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length);
            OutputStream out = exchange.getResponseBody();
            // Closing the exchange before all that was announced has come breaks the connection.
            out.write(body, 0, file ? Math.min(body.length, mischief.fileBytes()) : body.length);
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        relay.stop(0);
    }
}
