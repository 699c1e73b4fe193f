package dev.slipway.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Stands before a server, keeps the heads of the requests that pass, and can lose the answer to one. */
final class Relay implements AutoCloseable {
    private static final Pattern HEAD =
            Pattern.compile("^(GET|HEAD|PUT|POST|DELETE) [^ ]+ HTTP/1.1\r\n", Pattern.DOTALL);
    private static final Pattern NONE = Pattern.compile("(?!)");

    private final URI server;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicReference<Pattern> lost = new AtomicReference<>(NONE);

    Relay(URI server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    List<String> heads() {
        return heads;
    }

    /** The server gets the next request whose head begins so, and its answer is lost with the connection. */
    void loseNextAnswerTo(Pattern head) {
        lost.set(head);
    }

    boolean hasLost() {
        return lost.get() == NONE;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.add(client);
                sockets.add(upstream);
                Connection connection = new Connection(client, upstream);
                threads.execute(() -> connection.pass(client, upstream, true));
                threads.execute(() -> connection.pass(upstream, client, false));
            }
        } catch (IOException e) {
            // The door was closed.
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean losing;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void pass(Socket from, Socket to, boolean requests) {
            byte[] buffer = new byte[64 * 1024];
            try (client;
                    upstream) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (requests) {
                        look(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    } else if (losing) {
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // Either side has gone.
            }
        }

        private void look(String chunk) {
            if (!HEAD.matcher(chunk).find()) {
                return;
            }
            heads.add(chunk.split("\r\n\r\n", 2)[0]);
            Pattern pattern = lost.get();
            if (pattern.matcher(chunk).lookingAt() && lost.compareAndSet(pattern, NONE)) {
                losing = true;
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
