package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Searches models and versions by MLflow's grammar. Prompts, which MLflow keeps as models, are found only if asked for. */
@Singleton
public final class RegistrySearch {
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    private static final SearchSchema MODELS = SearchSchema.of("registered models", Source.TAG)
            .text(Searchable.NAME, "name")
            .number(Searchable.CREATED, "creation_timestamp")
            .number(Searchable.UPDATED, "last_updated_timestamp", "timestamp")
            .flag(PROMPT);

    private static final SearchSchema VERSIONS = SearchSchema.of("model versions", Source.TAG)
            .text(Searchable.NAME, "name")
            .number(Searchable.NUMBER, "version_number")
            .text(Searchable.RUN, "run_id")
            .text(Searchable.SOURCE, "source_path")
            .number(Searchable.CREATED, "creation_timestamp")
            .number(Searchable.UPDATED, "last_updated_timestamp")
            .flag(PROMPT);

    private static final Condition NOT_DELETED =
            new Condition.Exists(FacetKind.ATTRIBUTE, List.of(Searchable.DELETED), true);

    private static final Order BY_NAME = order(Searchable.NAME, false);
    private static final Order NEWEST_NUMBERS = order(Searchable.NUMBER, true);

    private final Entities entities;
    private final GraphStore graph;
    private final Callers callers;

    RegistrySearch(Entities entities, GraphStore graph, Callers callers) {
        this.entities = entities;
        this.graph = graph;
        this.callers = callers;
    }

    /**
     * What is searched for.
     *
     * @param limit 1 to 1000
     */
    public record Wanted(
            @Nullable String filter,
            @Nullable List<String> orderBy,
            int limit,
            @Nullable String cursor) {}

    /** By name, unless another order is wanted. */
    public Page<Entity<ModelId, Model>> models(Wanted wanted) {
        List<Order> orders = with(MODELS.orders(wanted.orderBy()), BY_NAME);
        return page(RegistryKinds.MODEL, ModelId::new, Searchable.MODELS, MODELS, orders, wanted);
    }

    /** The last changed first, unless another order is wanted. */
    public Page<Entity<ModelVersionId, ModelVersion>> versions(Wanted wanted) {
        List<Order> orders = VERSIONS.orders(wanted.orderBy());
        if (orders.isEmpty()) {
            orders = List.of(order(Searchable.UPDATED, true));
        }
        orders = with(with(orders, BY_NAME), NEWEST_NUMBERS);
        return page(RegistryKinds.VERSION, ModelVersionId::new, Searchable.VERSIONS, VERSIONS, orders, wanted);
    }

    private <I extends Id, B> Page<Entity<I, B>> page(
            EntityKind<I, B> kind,
            Function<String, I> id,
            EntityId scope,
            SearchSchema schema,
            List<Order> orders,
            Wanted wanted) {
        List<Condition> conditions = new ArrayList<>(schema.conditions(wanted.filter()));
        conditions.add(NOT_DELETED);
        if (wanted.filter() == null || !wanted.filter().contains(PROMPT)) {
            conditions.add(new Condition.Exists(FacetKind.TAG, List.of(PROMPT), true));
        }
        Page<EntityId> found = graph.search(new FacetQuery(
                callers.workspace(),
                kind.type(),
                List.of(scope),
                conditions,
                orders,
                wanted.limit(),
                Optional.ofNullable(wanted.cursor())));
        List<I> ids = found.items().stream().map(EntityId::value).map(id).toList();
        return new Page<>(entities.getAll(kind, ids), found.next());
    }

    private static Order order(String key, boolean descending) {
        return new Order.ByFacet(FacetKind.ATTRIBUTE, key, descending);
    }

    /** With one more order behind them, unless they look at the same already. */
    private static List<Order> with(List<Order> orders, Order more) {
        String key = ((Order.ByFacet) more).key();
        if (orders.stream()
                .anyMatch(order -> order instanceof Order.ByFacet facet
                        && facet.kind() == FacetKind.ATTRIBUTE
                        && facet.key().equals(key))) {
            return orders;
        }
        List<Order> longer = new ArrayList<>(orders);
        longer.add(more);
        return longer;
    }
}
