package dev.slipway.training.run;

import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Search;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.loggeddataset.ExperimentDatasets;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds runs of several experiments by MLflow's grammar. */
@Singleton
public final class RunSearch {
    private static final String START_TIME = "start_time";

    private static final SearchSchema SCHEMA = SearchSchema.of(
                    "runs", Source.METRIC, Source.PARAM, Source.TAG, Source.DATASET)
            .text("run_name", "run_name", "run name", "Run name", "Run Name")
            .text("status", "status")
            .text("user_id", "user_id")
            .number(START_TIME, START_TIME, "created", "Created")
            .number("end_time", "end_time")
            .id("run_id", RunSearch::id);

    private final Search search;
    private final Entities entities;
    private final ExperimentDatasets datasets;

    RunSearch(Search search, Entities entities, ExperimentDatasets datasets) {
        this.search = search;
        this.entities = entities;
        this.datasets = datasets;
    }

    private static Optional<EntityId> id(String text) {
        try {
            return Optional.of(new EntityId(text));
        } catch (SlipwayException e) {
            // What has not the form of an id is that of no run.
            return Optional.empty();
        }
    }

    /** A page of runs. */
    public Page<Entity<RunId, Run>> find(RunQuery query) {
        if (query.limit() < 1 || query.limit() > RunQuery.MAX_LIMIT) {
            throw SlipwayException.invalid(
                    "search.limit",
                    "A page of runs has 1 to " + RunQuery.MAX_LIMIT + " of them, not " + query.limit() + ".");
        }
        List<Condition> conditions =
                new ArrayList<>(SCHEMA.conditions(query.filter(), datasets.conditions(query.experiments())));
        conditions.addAll(query.view().conditions());
        List<Order> orders = orders(query.orderBy());
        if (query.experiments().isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        List<EntityId> scopes =
                query.experiments().stream().map(EntityId::of).distinct().toList();
        Page<EntityId> found = search.find(
                EntityType.RUN, scopes, conditions, orders, query.limit(), Optional.ofNullable(query.cursor()));
        return new Page<>(read(found.items()), found.next());
    }

    private static List<Order> orders(List<String> orderBy) {
        List<Order> orders = new ArrayList<>(SCHEMA.orders(orderBy));
        boolean byStart = orders.stream()
                .anyMatch(order -> order instanceof Order.ByFacet facet
                        && facet.kind() == FacetKind.ATTRIBUTE
                        && facet.key().equals(START_TIME));
        if (!byStart) {
            orders.add(new Order.ByFacet(FacetKind.ATTRIBUTE, START_TIME, true));
        }
        return orders;
    }

    private List<Entity<RunId, Run>> read(List<EntityId> ids) {
        List<Entity<RunId, Run>> runs = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += Page.MAX_LIMIT) {
            List<RunId> part = ids.subList(from, Math.min(ids.size(), from + Page.MAX_LIMIT)).stream()
                    .map(id -> new RunId(id.value()))
                    .toList();
            runs.addAll(entities.getAll(TrainingKinds.RUN, part));
        }
        return runs;
    }
}
