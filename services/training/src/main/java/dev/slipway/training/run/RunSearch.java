package dev.slipway.training.run;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunOrder;
import dev.slipway.api.training.RunSource;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.search.DatasetConditions;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Parts;
import dev.slipway.training.Search;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.experiment.View;
import dev.slipway.training.loggeddataset.ExperimentDatasets;
import io.micronaut.core.annotation.Nullable;
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
    private final Experiments experiments;

    RunSearch(Search search, Entities entities, ExperimentDatasets datasets, Experiments experiments) {
        this.search = search;
        this.entities = entities;
        this.datasets = datasets;
        this.experiments = experiments;
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
        List<Order> orders = thenByStart(SCHEMA.orders(query.orderBy()));
        return find(query.experiments(), conditions, orders, query.limit(), query.cursor());
    }

    /**
     * A page of runs of experiments that are there.
     *
     * @throws SlipwayException {@code experiment.unknown}; {@code search.…}
     */
    public Page<Entity<RunId, Run>> find(FindRuns request) {
        List<ExperimentId> wanted = experiments(request.experiments());
        DatasetConditions ofDatasets = datasets.conditions(wanted);
        List<Condition> conditions = new ArrayList<>(SCHEMA.conditions(request.filter(), ofDatasets));
        request.conditions().forEach(condition -> conditions.addAll(RunConditions.of(condition, ofDatasets)));
        conditions.addAll(View.of(request.lifecycle()).conditions());
        List<Order> orders = request.orders().stream().map(RunSearch::order).toList();
        return find(wanted, conditions, thenByStart(orders), Page.checkLimit(request.limit()), request.cursor());
    }

    private List<ExperimentId> experiments(@Nullable List<ExperimentId> named) {
        if (named == null) {
            Page<Entity<ExperimentId, Experiment>> all = experiments.list(FacetQuery.MAX_SCOPES, null);
            if (all.next().isPresent()) {
                throw SlipwayException.tooLarge(
                        "search.scopes",
                        "There are more than " + FacetQuery.MAX_SCOPES + " experiments; name those to search in.");
            }
            return all.items().stream().map(Entity::id).toList();
        }
        List<ExperimentId> distinct = named.stream().distinct().toList();
        List<ExperimentId> known =
                experiments.getAll(distinct).stream().map(Entity::id).toList();
        distinct.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(experiments::get);
        return distinct;
    }

    private static Order order(RunOrder order) {
        if (order.source() == RunSource.ATTRIBUTE) {
            // Its rules for attributes hold here as well.
            return SCHEMA.orders(
                            List.of("`" + order.key().replace("`", "``") + "`" + (order.descending() ? " DESC" : "")))
                    .get(0);
        }
        if (order.source() == RunSource.DATASET) {
            throw SlipwayException.invalid("search.order", "Runs can't be ordered by their data sets.");
        }
        return new Order.ByFacet(RunConditions.kind(order.source()), order.key(), order.descending());
    }

    private Page<Entity<RunId, Run>> find(
            List<ExperimentId> experiments,
            List<Condition> conditions,
            List<Order> orders,
            int limit,
            @Nullable String cursor) {
        if (experiments.isEmpty()) {
            return Page.last(List.of());
        }
        List<EntityId> scopes =
                experiments.stream().map(EntityId::of).distinct().toList();
        Page<EntityId> found =
                search.find(EntityType.RUN, scopes, conditions, orders, limit, Optional.ofNullable(cursor));
        return new Page<>(read(found.items()), found.next());
    }

    private static List<Order> thenByStart(List<Order> asked) {
        List<Order> orders = new ArrayList<>(asked);
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
        List<RunId> runs = ids.stream().map(id -> new RunId(id.value())).toList();
        return Parts.each(runs, part -> entities.getAll(TrainingKinds.RUN, part));
    }
}
