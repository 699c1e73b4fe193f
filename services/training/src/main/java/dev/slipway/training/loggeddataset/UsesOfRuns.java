package dev.slipway.training.loggeddataset;

import dev.slipway.api.training.ModelOutput;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.RunUses;
import dev.slipway.api.training.UsedDataset;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.run.LoggedData;
import dev.slipway.training.run.Runs;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells callers what runs used and made. */
@Singleton
public final class UsesOfRuns {
    private final Runs runs;
    private final LoggedData data;
    private final LoggedInputs inputs;

    UsesOfRuns(Runs runs, LoggedData data, LoggedInputs inputs) {
        this.runs = runs;
        this.data = data;
        this.inputs = inputs;
    }

    /** That of each of at most 1000 runs; those that used and made nothing are left out. */
    public List<RunUses> of(List<RunId> ids) {
        List<RunId> known = runs.getAll(ids).stream().map(Entity::id).toList();
        return inputs.of(data.facets(known)).entrySet().stream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static RunUses told(RunId run, LoggedInputs.OfRun logged) {
        return new RunUses(
                run,
                logged.datasets().stream().map(UsesOfRuns::told).toList(),
                logged.models(),
                logged.outputs().stream()
                        .map(output -> new ModelOutput(output.model(), output.step()))
                        .toList());
    }

    private static UsedDataset told(LoggedInputs.Used used) {
        LoggedDataset dataset = used.dataset();
        return new UsedDataset(
                dataset.name(),
                dataset.digest(),
                dataset.sourceType(),
                dataset.source(),
                dataset.version(),
                used.tags().stream()
                        .filter(tag -> tag.key().equals(DatasetInput.CONTEXT))
                        .map(Param::value)
                        .findFirst()
                        .orElse(null),
                used.tags());
    }
}
