package dev.slipway.training.experiment;

import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The ids by which MLflow's clients know experiments: those that we have, but {@code 0} for the default one, which every
 * workspace has from when it is first asked for. It is the one called Default then, and stays it under another name.
 */
@Singleton
public final class ExperimentIds {
    private static final String DEFAULT = "0";
    private static final String DEFAULT_NAME = "Default";
    private static final String DEFAULT_CLAIM = "experiment-default/0";
    private static final int MAX_REMEMBERED = 1000;
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}");

    private final Experiments experiments;
    private final Entities entities;
    private final Callers callers;

    /** Of workspaces; an id never changes. */
    private final Map<Workspace, ExperimentId> defaults = new ConcurrentHashMap<>();

    ExperimentIds(Experiments experiments, Entities entities, Callers callers) {
        this.experiments = experiments;
        this.entities = entities;
        this.callers = callers;
    }

    /** The id of the experiment that a client means; {@code experiment.unknown} for what can't be one. */
    public ExperimentId parse(String id) {
        return find(id).orElseThrow(() ->
                SlipwayException.notFound("experiment.unknown", "There is no experiment with id '" + id + "'."));
    }

    /** The id of the experiment that a client means; empty for what can't be one. */
    public Optional<ExperimentId> find(String id) {
        if (id.equals(DEFAULT)) {
            return Optional.of(defaultId());
        }
        return OURS.matcher(id).matches() ? Optional.of(new ExperimentId(id)) : Optional.empty();
    }

    /** The experiment of that name, be it deleted; the default one is made unless it is there. */
    public Optional<Entity<ExperimentId, Experiment>> named(String name) {
        if (name.equals(DEFAULT_NAME)) {
            defaultId();
        }
        return experiments.named(name);
    }

    /** The id by which clients know the experiment. */
    public String shown(ExperimentId id) {
        return known().filter(id::equals).isPresent() ? DEFAULT : id.value();
    }

    /** The id of the workspace's default experiment, which is made unless it is there. */
    public ExperimentId defaultId() {
        return known().orElseGet(() -> Retries.onConflict(() -> known().orElseGet(this::take)));
    }

    private Optional<ExperimentId> known() {
        Workspace workspace = callers.workspace();
        ExperimentId remembered = defaults.get(workspace);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<ExperimentId> claimed = entities.claim(DEFAULT_CLAIM).map(ExperimentId::new);
        if (claimed.isPresent() && defaults.size() < MAX_REMEMBERED) {
            defaults.put(workspace, claimed.get());
        }
        return claimed;
    }

    /** Makes that of the name the default one, and the name's owner if there is none. */
    private ExperimentId take() {
        Change change = entities.change();
        ExperimentId id = experiments
                .named(DEFAULT_NAME)
                .map(found -> found.id())
                .orElseGet(() -> {
                    ExperimentId made = entities.newId(ExperimentId::new);
                    ExperimentChanges.create(change, made, Experiment.named(DEFAULT_NAME), List.of());
                    change.take(ExperimentChanges.claim(DEFAULT_NAME), made);
                    return made;
                });
        change.take(DEFAULT_CLAIM, id).commit();
        return id;
    }
}
