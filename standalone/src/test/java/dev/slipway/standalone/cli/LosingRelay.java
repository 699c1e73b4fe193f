package dev.slipway.standalone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands before a server, which gets every question; the answer to the first one is lost with its connection. */
final class LosingRelay implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final HttpServer relay;
    private final URI server;

    LosingRelay(URI server) throws IOException {
        this.server = server;
        this.relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/", this::pass);
        relay.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + relay.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(
                            server.resolve(exchange.getRequestURI().getRawPath()))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (lost.getAndSet(true)) {
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        relay.stop(0);
    }
}
