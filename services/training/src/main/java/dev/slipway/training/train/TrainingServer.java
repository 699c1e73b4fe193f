package dev.slipway.training.train;

import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.training.metric.RunLogging;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The server that a worker trains for. Every call is harmless to repeat, and is, while the server is away. */
final class TrainingServer implements RunLogging {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long PATIENCE = Duration.ofMinutes(5).toNanos();
    private static final long LONGEST_PAUSE_MILLIS = 5000;
    private static final int MAX_WORK = 16 << 20;
    private static final int MAX_REFUSAL = 2000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final WorkerSettings settings;
    private final Consumer<String> output;

    TrainingServer(WorkerSettings settings, Consumer<String> output) {
        this.settings = settings;
        this.output = output;
    }

    TrainingWork work() {
        try {
            return ObjectMapper.getDefault().readValue(get(workPath(), MAX_WORK), TrainingWork.class);
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "worker.answer",
                    "What " + settings.server() + " says of run " + settings.run() + " can't be read; run the worker in"
                            + " the version of its server.",
                    e);
        }
    }

    /**
     * A part of a split.
     *
     * @param part {@code samples} or {@code labels}
     */
    Tensor data(SplitName split, String part) {
        String path = workPath() + "/data/" + split.name().toLowerCase(Locale.ROOT) + "/" + part;
        return Npy.read(get(path, DatasetReader.MAX_SPLIT_BYTES));
    }

    /** Puts a file among the artifacts that the server keeps. */
    void put(String path, byte[] file) {
        send(
                request("/api/2.0/mlflow-artifacts/artifacts/" + path)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(file)),
                MAX_WORK);
    }

    @Override
    public void log(RunId run, LogBatch batch) {
        List<Map<String, Object>> metrics =
                batch.metrics().stream().map(TrainingServer::message).toList();
        send(
                request("/api/2.0/mlflow/runs/log-batch")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json(Map.of("run_id", run.value(), "metrics", metrics)))),
                MAX_WORK);
    }

    private static Map<String, Object> message(Metric metric) {
        // As MLflow's clients write what JSON has no numbers for.
        Object value = Double.isFinite(metric.value()) ? metric.value() : String.valueOf(metric.value());
        return Map.of("key", metric.key(), "value", value, "timestamp", metric.timestamp(), "step", metric.step());
    }

    static byte[] json(Object value) {
        try {
            return ObjectMapper.getDefault().writeValueAsBytes(value);
        } catch (IOException e) {
            throw SlipwayException.internal("worker.json", "A report of the training has no JSON form.", e);
        }
    }

    private String workPath() {
        return TrainingWorkController.PATH + "/" + settings.run();
    }

    private byte[] get(String path, int limit) {
        return send(request(path).GET(), limit);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(settings.server().toString().replaceAll("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("X-Slipway-Workspace", settings.workspace());
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private byte[] send(HttpRequest.Builder request, int limit) {
        long began = System.nanoTime();
        long pause = 250;
        while (true) {
            SlipwayException failure;
            try {
                return sendOnce(request.build(), limit);
            } catch (SlipwayException e) {
                failure = e;
            }
            if (failure.kind() != ErrorKind.UNAVAILABLE || System.nanoTime() - began > PATIENCE) {
                throw failure;
            }
            output.accept("waiting for the server: " + failure.getMessage());
            sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private byte[] sendOnce(HttpRequest request, int limit) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw refusal(
                            request,
                            response.statusCode(),
                            new String(body.readNBytes(MAX_REFUSAL), StandardCharsets.UTF_8));
                }
                byte[] bytes = body.readNBytes(limit);
                if (body.read() >= 0) {
                    throw SlipwayException.tooLarge(
                            "worker.answer",
                            "The answer to " + request.uri().getPath() + " is over " + limit + " bytes.");
                }
                return bytes;
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "worker.unreachable",
                    "Can't reach " + settings.server() + " (" + e + "): check that the worker may connect to it.",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SlipwayException refusal(HttpRequest request, int status, String body) {
        ErrorKind kind =
                switch (status) {
                    case 401 -> ErrorKind.UNAUTHENTICATED;
                    case 403 -> ErrorKind.FORBIDDEN;
                    case 404 -> ErrorKind.NOT_FOUND;
                    case 409 -> ErrorKind.CONFLICT;
                    default -> status >= 500 || status == 429 ? ErrorKind.UNAVAILABLE : ErrorKind.INVALID;
                };
        return new SlipwayException(
                kind,
                "worker.refused",
                "The server answered " + status + " to " + request.method() + " "
                        + request.uri().getPath() + ": " + body.replaceAll("\\s+", " "),
                null);
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SlipwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SlipwayException(ErrorKind.CONFLICT, "worker.interrupted", "The worker was interrupted.", e);
    }
}
