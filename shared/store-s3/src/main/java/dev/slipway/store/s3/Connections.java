package dev.slipway.store.s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The HTTP client: its threads are daemons and end when the store is closed. */
final class Connections {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int REQUESTS = 64;
    private static final int IDLE = 16;

    private Connections() {}

    static OkHttpClient client(Duration timeout) {
        Dispatcher dispatcher = new Dispatcher(threads());
        dispatcher.setMaxRequests(REQUESTS);
        dispatcher.setMaxRequestsPerHost(REQUESTS);
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(IDLE, 1, TimeUnit.MINUTES))
                .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                // Repeats are ours to decide: not every request may be sent twice.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }

    /** The dispatcher bounds how many there are; a bound here would refuse the one that takes over from another. */
    private static ExecutorService threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "s3-artifacts");
            thread.setDaemon(true);
            return thread;
        });
    }

    static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
