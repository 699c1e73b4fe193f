package dev.slipway.gateway.schema;

import dev.slipway.api.Sample;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.caller.Callers;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What all domains share: {@code node}, who is asking, and the small types. */
@Singleton
final class CommonResolvers implements Resolvers {
    private final Callers callers;
    private final NodeTypes nodeTypes;

    CommonResolvers(Callers callers, NodeTypes nodeTypes) {
        this.callers = callers;
        this.nodeTypes = nodeTypes;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.scalar(Scalars.LONG).scalar(Scalars.DOUBLE).tellApart("Node");
        wiring.root("Query")
                .fetch("node", (none, request) -> node(request))
                .fetch("nodes", (none, request) -> nodes(request))
                .fetch("viewer", (none, request) -> callers.current());
        wiring.type("Viewer", Caller.class)
                .field("subject", Caller::subject)
                .field("roles", caller -> caller.roles().stream().sorted().toList())
                .field("workspace", caller -> caller.workspace().name());
        wiring.type("Failure", Failure.class)
                .field("kind", Failure::kind)
                .field("code", Failure::code)
                .field("message", Failure::message);
        wiring.type("Sample", Sample.class).field("shape", Sample::shape).field("values", Sample::values);
        wiring.type("KeyValue", Param.class).field("key", Param::key).field("value", Param::value);
    }

    private CompletionStage<?> node(Request request) {
        return nodeTypes.load(GlobalId.decode(request.arguments().text("id")), request);
    }

    private CompletionStage<?> nodes(Request request) {
        List<String> ids = request.arguments().texts("ids");
        if (ids.size() > Page.MAX_LIMIT) {
            throw SlipwayException.tooLarge(
                    "graphql.nodes",
                    ids.size() + " ids were given; at most " + Page.MAX_LIMIT + " are looked up at once.");
        }
        List<CompletableFuture<?>> found = ids.stream()
                .map(GlobalId::decode)
                .<CompletableFuture<?>>map(id -> nodeTypes.load(id, request).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenApply(all ->
                        found.stream().<Object>map(CompletableFuture::join).toList());
    }
}
