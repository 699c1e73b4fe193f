package dev.slipway.training.commit;

import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.training.TrainingKinds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a group: first the chunks, then runs and facets in one batch per workspace, then the answers. If the process dies
 * in between, points are there whose caller never had an answer; the caller's repetition of them is harmless.
 */
final class GroupWriter {
    private record Written(RunRequest request, Entity<RunId, Run> run) {}

    private record FacetName(EntityId entity, FacetKind kind, String key) {}

    private final Entities entities;
    private final GraphStore graph;
    private final MetricStore metrics;
    private final Callers callers;
    private final InstantSource clock;
    private final RunNews news;
    private long lastTime;

    GroupWriter(
            Entities entities,
            GraphStore graph,
            MetricStore metrics,
            Callers callers,
            InstantSource clock,
            RunNews news) {
        this.entities = entities;
        this.graph = graph;
        this.metrics = metrics;
        this.callers = callers;
        this.clock = clock;
        this.news = news;
    }

    /** Completes the answers of all requests, whatever happens. */
    void write(List<RunRequest> group) {
        Map<Workspace, List<RunRequest>> byWorkspace = new LinkedHashMap<>();
        for (RunRequest request : group) {
            byWorkspace
                    .computeIfAbsent(request.workspace(), workspace -> new ArrayList<>())
                    .add(request);
        }
        for (List<RunRequest> requests : byWorkspace.values()) {
            List<RunRequest> rest = requests;
            while (!rest.isEmpty()) {
                rest = writeFirst(rest);
            }
        }
    }

    /** Writes those that can be in one batch, which holds a run once at most, and returns the others. */
    private List<RunRequest> writeFirst(List<RunRequest> requests) {
        List<RunRequest> first = new ArrayList<>();
        List<RunRequest> others = new ArrayList<>();
        Set<RunId> edited = new HashSet<>();
        for (RunRequest request : requests) {
            boolean fits = mayJoin(first, request) && (!request.edits() || edited.add(request.run()));
            (fits ? first : others).add(request);
        }
        try {
            Retries.onConflict(() -> attempt(first)).forEach(this::tell);
        } catch (RuntimeException | Error e) {
            // Nobody may be left waiting, not even after an Error; the thread goes on with the next group.
            first.forEach(request -> request.answer().completeExceptionally(e));
        }
        return others;
    }

    private void tell(Written written) {
        written.request().answer().complete(written.run());
        news.written(written.request().run());
    }

    /** Whoever chose an id that something else has fails alone, and takes nobody along. */
    private static boolean mayJoin(List<RunRequest> batch, RunRequest next) {
        return batch.isEmpty() || (!next.makesGiven() && !batch.get(0).makesGiven());
    }

    /** The runs as they are once it has returned, without those of requests that it refused. */
    private List<Written> attempt(List<RunRequest> requests) {
        Map<RunId, Entity<RunId, Run>> runs = read(requests);
        StoredFacets stored = StoredFacets.of(graph, requests.get(0).workspace(), requests);
        FirstParams params = new FirstParams(stored);
        List<Written> admitted = new ArrayList<>();
        Map<FacetName, FacetUpdate> facets = new LinkedHashMap<>();
        List<Chunk> chunks = new ArrayList<>();
        Change all = change(requests.get(0));
        for (RunRequest request : requests) {
            if (request.answer().isDone()) {
                // It was refused before a conflict made the others come again.
                continue;
            }
            try {
                Run body = edited(request, runs.get(request.run()));
                stored.checkRemoved(request);
                params.admit(request);
                admitted.add(new Written(request, put(all, request, runs.get(request.run()), body)));
                chunks.addAll(request.chunks());
                request.removedTags().forEach(key -> all.remove(RunChanges.ref(request.run()), FacetKind.TAG, key));
                // Rises with each request, so that of two tags the one that came later wins within one millisecond too.
                lastTime = Math.max(clock.millis(), lastTime + 1);
                request.facets(body.experiment(), lastTime).forEach(update -> keepLatest(facets, update));
            } catch (SlipwayException e) {
                request.answer().completeExceptionally(e);
            }
        }
        if (!chunks.isEmpty()) {
            metrics.append(chunks);
        }
        facets.values().forEach(all::facet);
        all.commit();
        return admitted;
    }

    private Map<RunId, Entity<RunId, Run>> read(List<RunRequest> requests) {
        Set<RunId> ids = new HashSet<>();
        for (RunRequest request : requests) {
            if (!(request.edit() instanceof RunEdit.Make made) || made.given()) {
                ids.add(request.run());
            }
        }
        Map<RunId, Entity<RunId, Run>> runs = new HashMap<>();
        if (!ids.isEmpty()) {
            callers.callAs(requests.get(0).caller(), () -> entities.getAll(TrainingKinds.RUN, ids))
                    .forEach(run -> runs.put(run.id(), run));
        }
        return runs;
    }

    /** The body that the request leaves the run with, or why there can't be one. */
    private static Run edited(RunRequest request, Entity<RunId, Run> run) {
        if (request.edit() instanceof RunEdit.Make made) {
            if (run != null) {
                throw SlipwayException.conflict("run.exists", "There is a run " + request.run() + " already.");
            }
            return made.run();
        }
        if (run == null) {
            throw SlipwayException.notFound(
                    "run.unknown", "There is no run " + request.run() + " in workspace " + request.workspace() + ".");
        }
        boolean deletedToo = request.edit() instanceof RunEdit.Alter alter && alter.deletedToo();
        if (run.body().deleted() != null && !deletedToo) {
            throw SlipwayException.invalid(
                    "run.deleted", "Run " + run.id() + " is deleted; restore it before you change it.");
        }
        return request.edit() instanceof RunEdit.Alter alter ? alter.change().apply(run.body()) : run.body();
    }

    private Entity<RunId, Run> put(Change all, RunRequest request, Entity<RunId, Run> run, Run body) {
        if (run != null && run.body().equals(body)) {
            return run;
        }
        // In the name of its own caller.
        Change own = change(request);
        Entity<RunId, Run> put =
                run == null ? RunChanges.create(own, request.run(), body) : RunChanges.update(own, run, body);
        all.join(own);
        return put;
    }

    private Change change(RunRequest request) {
        return callers.callAs(request.caller(), entities::change);
    }

    private static void keepLatest(Map<FacetName, FacetUpdate> facets, FacetUpdate update) {
        facets.merge(
                new FacetName(
                        update.entity().id(),
                        update.facet().kind(),
                        update.facet().key()),
                update,
                (old, next) -> next.facet().wins(old.facet()) ? next : old);
    }
}
