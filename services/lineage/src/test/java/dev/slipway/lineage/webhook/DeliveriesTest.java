package dev.slipway.lineage.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is told when, with receivers that are quick, slow or gone. */
@Timeout(180)
class DeliveriesTest {
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    @TempDir
    private Path data;

    private final Map<String, BlockingQueue<String>> told = new HashMap<>();
    private final Map<String, BlockingQueue<String>> signatures = new HashMap<>();
    private final CountDownLatch answerSlowly = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        for (String path : List.of("/quick", "/slow", "/dripping", "/broken")) {
            told.put(path, new LinkedBlockingQueue<>());
            signatures.put(path, new LinkedBlockingQueue<>());
            receiver.createContext(path, exchange -> {
                Matcher name =
                        NAME.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                told.get(path).add(name.find() ? name.group(1) : "");
                signatures
                        .get(path)
                        .add(String.valueOf(exchange.getRequestHeaders().getFirst("X-MLflow-Signature")));
                if (path.equals("/slow")) {
                    await(answerSlowly);
                }
                exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 200, path.equals("/dripping") ? 0 : -1);
                if (path.equals("/dripping")) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                    await(answerSlowly);
                }
                exchange.close();
            });
        }
        receiver.start();
    }

    @AfterEach
    void stop() {
        answerSlowly.countDown();
        receiver.stop(0);
        threads.shutdownNow();
    }

    private ApplicationContext process(String timeout) {
        return ApplicationContext.run(Map.of(
                "slipway.data",
                data.toString(),
                "slipway.webhooks.private-addresses",
                true,
                "slipway.webhooks.timeout",
                timeout,
                "slipway.webhooks.first-pause",
                "1ms",
                "slipway.webhooks.concurrency",
                4));
    }

    private static <T> T as(ApplicationContext process, Supplier<T> call) {
        Caller caller = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);
        return process.getBean(Callers.class).callAs(caller, call);
    }

    private WebhookId create(ApplicationContext process, String path) {
        return as(process, () -> process.getBean(Webhooks.class)
                .create(new Webhooks.Wish(
                        "hook", null, address(path), List.of(WebhookEvent.REGISTERED_MODEL_CREATED), "s3cret", null))
                .id());
    }

    private String address(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private static List<String> happen(ApplicationContext process, int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String name = "model-" + i;
            names.add(name);
            as(process, () -> {
                EntityRef model = EntityRef.of(
                        EntityType.MODEL, process.getBean(IdGenerator.class).next(ModelId::new));
                Entities entities = process.getBean(Entities.class);
                entities.change().event("model.deleted", model, Map.of()).commit();
                entities.change()
                        .event("model.created", model, Map.of("name", name))
                        .commit();
                return name;
            });
        }
        return names;
    }

    private List<String> take(String path, int count) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = told.get(path).poll(100, TimeUnit.SECONDS);
            assertThat(name).as("told " + path + " after " + names).isNotNull();
            names.add(name);
        }
        return names;
    }

    private static Webhook read(ApplicationContext process, WebhookId id) {
        return as(process, () -> process.getBean(Webhooks.class).find(id));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoeverIsSlowHoldsUpNobodyElseAndIsToldInOrder() throws InterruptedException {
        try (ApplicationContext process = process("60s")) {
            create(process, "/slow");
            create(process, "/quick");
            List<String> names = happen(process, 0, 20);

            assertThat(take("/quick", 20)).isEqualTo(names);
            assertThat(take("/slow", 1)).isEqualTo(names.subList(0, 1));
            assertThat(told.get("/slow")).isEmpty();
            answerSlowly.countDown();
            assertThat(take("/slow", 19)).isEqualTo(names.subList(1, 20));
        }
    }

    @Test
    void moreThatSeemDeadThanThereAreThreadsHoldUpNobodyElse() throws InterruptedException {
        try (ApplicationContext process = process("60s")) {
            List<WebhookId> broken = IntStream.range(0, 6)
                    .mapToObj(i -> create(process, "/broken"))
                    .toList();
            happen(process, 0, 5);
            for (WebhookId id : broken) {
                while (!read(process, id).seemsDead()) {
                    Thread.onSpinWait();
                }
                as(process, () -> process.getBean(Webhooks.class)
                        .update(id, new Webhooks.Wish(null, null, address("/slow"), null, null, null)));
            }
            create(process, "/quick");
            List<String> names = happen(process, 5, 10);

            assertThat(take("/quick", 5)).isEqualTo(names);
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws InterruptedException {
        try (ApplicationContext process = process("200ms")) {
            WebhookId id = create(process, "/dripping");
            happen(process, 0, 1);
            take("/dripping", 4);
            while (read(process, id).deliveries().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(read(process, id).deliveries().get(0).error()).contains("not answered within");
        }
    }

    @Test
    void aProcessThatStartsAgainGoesOnWhereTheLastOneWas() throws InterruptedException {
        List<String> names;
        try (ApplicationContext process = process("60s")) {
            WebhookId id = create(process, "/slow");
            names = happen(process, 0, 3);
            take("/slow", 1);
            // All have been read from the log, so only the webhook itself knows of them.
            while (read(process, id).due() < process.getBean(GraphStore.class).lastEventPosition()) {
                Thread.onSpinWait();
            }
        }
        answerSlowly.countDown();
        try (ApplicationContext process = process("60s")) {
            names.addAll(happen(process, 3, 4));
            assertThat(take("/slow", 4)).isEqualTo(names);
        }
    }

    @Test
    void secretsAreKeptEncryptedAndThoseOfOldAreSealedOnTheWay() throws InterruptedException {
        EntityId old = new EntityId("0197a000000070008000000000000001");
        String body = "{\"name\":\"ci\",\"description\":null,\"url\":\"" + address("/quick")
                + "\",\"events\":[\"REGISTERED_MODEL_CREATED\"],\"secret\":\"s3cret\",\"active\":true,\"edited\":1,"
                + "\"deleted\":null,\"deliveries\":[]}";
        try (ApplicationContext process = process("60s")) {
            GraphStore graph = process.getBean(GraphStore.class);
            happen(process, 0, 1);
            while (graph.cursor("webhooks") < graph.lastEventPosition()) {
                Thread.onSpinWait();
            }
            graph.commit(Batch.in(Workspace.DEFAULT)
                    .put(new Put(
                            EntityType.WEBHOOK,
                            old,
                            0,
                            1,
                            1,
                            body,
                            List.of(IndexEntry.of(WebhookKinds.ALL, IndexValue.of(1L)))))
                    .build());
            WebhookId fresh = create(process, "/broken");
            assertThat(stored(graph, EntityId.of(fresh))).doesNotContain("s3cret");

            assertThat(happen(process, 1, 2)).isEqualTo(take("/quick", 1));

            assertThat(signatures.get("/quick").take()).startsWith("v1,");
            assertThat(stored(graph, old)).doesNotContain("s3cret");
            as(process, () -> process.getBean(Webhooks.class)
                    .update(
                            new WebhookId(old.value()),
                            new Webhooks.Wish(null, "another text", null, null, null, null)));
            happen(process, 2, 3);
            take("/quick", 1);
            assertThat(signatures.get("/quick").take()).startsWith("v1,");
        }
    }

    private static String stored(GraphStore graph, EntityId id) {
        return graph.get(Workspace.DEFAULT, List.of(id)).get(id).body();
    }
}
