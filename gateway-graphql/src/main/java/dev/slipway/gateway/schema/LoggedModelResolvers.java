package dev.slipway.gateway.schema;

import dev.slipway.api.training.FindLoggedModels;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.LoggedModelContent;
import dev.slipway.api.training.LoggedModelContent.Measured;
import dev.slipway.api.training.LoggedModelsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.LoggedModelId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Models that were logged, registered or not. */
@Singleton
final class LoggedModelResolvers implements Resolvers {
    private final LoggedModelsApi models;

    LoggedModelResolvers(LoggedModelsApi models) {
        this.models = models;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "loggedModel",
                        (none, request) -> request.load(
                                Kinds.LOGGED_MODEL, request.arguments().id("id", Kinds.LOGGED_MODEL)))
                .page(
                        "loggedModels",
                        (none, request, limit, cursor) -> models.find(new FindLoggedModels(
                                request.arguments().ids("experiments", Kinds.EXPERIMENT),
                                request.arguments().optionalText("filter"),
                                request.arguments().optionalText("orderBy"),
                                request.arguments().text("order").equals("DESCENDING"),
                                limit,
                                cursor)));
        wiring.entity(Kinds.LOGGED_MODEL)
                .fetch("modelId", (model, request) -> "m-" + model.id())
                .reference("experiment", Kinds.EXPERIMENT, LoggedModel::experiment)
                .field("name", LoggedModel::name)
                .field("type", LoggedModel::type)
                .reference("sourceRun", Kinds.RUN, LoggedModel::sourceRun)
                .field("status", LoggedModel::status)
                .field("deleted", LoggedModel::deleted)
                .fetch("params", (model, request) -> logged(model, request, LoggedModelContent::params))
                .fetch("tags", (model, request) -> logged(model, request, LoggedModelContent::tags))
                .fetch("metrics", (model, request) -> logged(model, request, LoggedModelContent::metrics));
        wiring.type("ModelMetric", Measured.class)
                .field("key", measured -> measured.metric().key())
                .field("value", measured -> measured.metric().value())
                .field("timestamp", measured -> measured.metric().timestamp())
                .field("step", measured -> measured.metric().step())
                .reference("run", Kinds.RUN, Measured::run)
                .field("datasetName", Measured::dataset)
                .field("datasetDigest", Measured::digest);
    }

    private static Object logged(
            Entity<LoggedModelId, LoggedModel> model, Request request, Function<LoggedModelContent, List<?>> part) {
        return request.load(Lookup.LOGGED_MODEL_CONTENT, model.id())
                .thenApply(content -> content == null ? List.of() : part.apply(content));
    }
}
