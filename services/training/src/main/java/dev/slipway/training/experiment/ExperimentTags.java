package dev.slipway.training.experiment;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.KeyedFacets;
import dev.slipway.training.commit.LogLimits;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tags of experiments. */
@Singleton
public final class ExperimentTags {
    private static final int MAX_VALUE = 20_000;

    private final Experiments experiments;
    private final Entities entities;
    private final GraphStore graph;
    private final Callers callers;

    ExperimentTags(Experiments experiments, Entities entities, GraphStore graph, Callers callers) {
        this.experiments = experiments;
        this.entities = entities;
        this.graph = graph;
        this.callers = callers;
    }

    static void check(Param tag) {
        LogLimits.checkKey("tag", tag.key());
        if (tag.value().length() > MAX_VALUE) {
            throw SlipwayException.tooLarge(
                    "experiment.tag",
                    "The value of tag '" + tag.key() + "' has " + tag.value().length() + " characters; " + MAX_VALUE
                            + " are allowed.");
        }
    }

    /** Sets a tag of an experiment that is not deleted. */
    public void set(ExperimentId id, Param tag) {
        check(tag);
        experiments.active(id);
        Change change = entities.change();
        ExperimentChanges.tag(change, id, tag);
        change.commit();
    }

    /** Takes a tag of an experiment that is not deleted away; {@code experiment.tag-unknown} if it has none of the key. */
    public void remove(ExperimentId id, String key) {
        experiments.active(id);
        if (of(List.of(id)).getOrDefault(id, List.of()).stream()
                .noneMatch(tag -> tag.key().equals(key))) {
            throw SlipwayException.notFound(
                    "experiment.tag-unknown", "Experiment " + id + " has no tag '" + key + "'.");
        }
        entities.change().remove(ExperimentChanges.ref(id), FacetKind.TAG, key).commit();
    }

    /** Those of each experiment that has any, by key; of at most 1000. */
    public Map<ExperimentId, List<Param>> of(Collection<ExperimentId> ids) {
        Map<ExperimentId, List<Param>> tags = new HashMap<>();
        graph.facets(callers.workspace(), ids.stream().map(EntityId::of).toList())
                .forEach((id, facets) ->
                        tags.put(new ExperimentId(id.value()), KeyedFacets.texts(facets, FacetKind.TAG)));
        return tags;
    }
}
