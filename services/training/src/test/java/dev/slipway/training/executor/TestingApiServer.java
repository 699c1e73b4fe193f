package dev.slipway.training.executor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Speaks as much of the Kubernetes API, over HTTP, as trainings use, and whatever refusals a test wants. Nothing runs here: a
 * test is the controller and the kubelet.
 */
final class TestingApiServer implements AutoCloseable {
    static final String NAMESPACE = "models";
    /** Makes the connection end without an answer. */
    static final int LOST = -1;

    private static final String JOBS = "/apis/batch/v1/namespaces/" + NAMESPACE + "/jobs";
    private static final String CORE = "/api/v1/namespaces/" + NAMESPACE;

    /** An answer in place of the real one. */
    record Refusal(int status, String reason, String message) {}

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<String, Optional<Refusal>> refusals = request -> Optional.empty();
    private volatile String log = "a line of the worker\n";

    TestingApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Writes a kubeconfig that leads here. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: test, user: {token: secret}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(server.getAddress().getPort()));
    }

    /** @param refusals by a request such as {@code POST jobs} or {@code GET pods/log} */
    void refuse(Function<String, Optional<Refusal>> refusals) {
        this.refusals = refusals;
    }

    void refuseNothing() {
        refusals = request -> Optional.empty();
    }

    /** What came, such as {@code POST jobs}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<Job> jobs() {
        return List.copyOf(jobs.values());
    }

    List<Secret> secrets() {
        return List.copyOf(secrets.values());
    }

    void edit(String job, UnaryOperator<Job> edit) {
        jobs.computeIfPresent(job, (name, before) -> edit.apply(before));
    }

    /** As somebody does by {@code kubectl delete job}. */
    void remove(String job) {
        jobs.remove(job);
        secrets.remove(job);
    }

    void put(Pod pod) {
        pods.put(pod.getMetadata().getName(), pod);
    }

    void ends(String job, String type, String reason) {
        edit(job, before -> new JobBuilder(before)
                .editOrNewStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + resource(path);
            requests.add(request);
            Optional<Refusal> refusal = refusals.apply(request);
            if (refusal.isPresent()) {
                refuse(exchange, refusal.get());
                return;
            }
            answer(exchange, request, path.substring(path.lastIndexOf('/') + 1), query, body);
        } catch (RuntimeException e) {
            throw new IOException("the test's API server has a defect", e);
        }
    }

    private static String resource(String path) {
        if (path.startsWith(JOBS)) {
            return "jobs";
        }
        String rest = path.substring(CORE.length() + 1);
        return rest.endsWith("/log") ? "pods/log" : rest.replaceAll("/.*", "");
    }

    private void answer(HttpExchange exchange, String request, String name, String query, String body)
            throws IOException {
        switch (request) {
            case "POST jobs" -> create(exchange, jobs, json.unmarshal(body, Job.class), query);
            case "POST secrets" -> create(exchange, secrets, json.unmarshal(body, Secret.class), query);
            case "GET jobs" -> {
                if (jobs.containsKey(name)) {
                    send(exchange, 200, json.asJson(jobs.get(name)));
                } else {
                    refuse(exchange, new Refusal(404, "NotFound", "jobs.batch \"" + name + "\" not found"));
                }
            }
            case "DELETE jobs" -> {
                remove(name);
                send(
                        exchange,
                        200,
                        json.asJson(new StatusBuilder().withStatus("Success").build()));
            }
            case "GET pods" ->
                send(
                        exchange,
                        200,
                        json.asJson(new PodListBuilder()
                                .withItems(new ArrayList<>(pods.values()))
                                .build()));
            case "GET pods/log" -> send(exchange, 200, log);
            default -> refuse(exchange, new Refusal(405, "MethodNotAllowed", request + " is nothing that is used"));
        }
    }

    private <T extends HasMetadata> void create(HttpExchange exchange, Map<String, T> all, T made, String query)
            throws IOException {
        String name = made.getMetadata().getName();
        made.getMetadata().setUid(UUID.randomUUID().toString());
        made.getMetadata().setNamespace(NAMESPACE);
        boolean there = query.contains("dryRun=All") ? all.containsKey(name) : all.putIfAbsent(name, made) != null;
        if (there) {
            refuse(exchange, new Refusal(409, "AlreadyExists", name + " already exists"));
        } else {
            send(exchange, 201, json.asJson(made));
        }
    }

    private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.status() != LOST) {
            send(
                    exchange,
                    refusal.status(),
                    json.asJson(new StatusBuilder()
                            .withStatus("Failure")
                            .withCode(refusal.status())
                            .withReason(refusal.reason())
                            .withMessage(refusal.message())
                            .withDetails(new StatusDetails())
                            .build()));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    void log(String text) {
        log = text;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
