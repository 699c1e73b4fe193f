package dev.slipway.training.mlflow;

import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.store.graph.Facet;
import dev.slipway.training.loggeddataset.LoggedDataset;
import dev.slipway.training.loggeddataset.LoggedInputs;
import dev.slipway.training.loggedmodel.LoggedModels;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells MLflow's clients what runs used and made. */
@Singleton
final class LoggedRunModels {
    /** What a run used and made. */
    record InputsAndOutputs(RunInputsMessage inputs, RunOutputsMessage outputs) {
        static final InputsAndOutputs NONE = new InputsAndOutputs(RunInputsMessage.NONE, RunOutputsMessage.NONE);
    }

    private final LoggedInputs inputs;

    LoggedRunModels(LoggedInputs inputs) {
        this.inputs = inputs;
    }

    /** What the facets of runs say; runs that used and made nothing are left out. */
    Map<RunId, InputsAndOutputs> of(Map<RunId, List<Facet>> facets) {
        Map<RunId, InputsAndOutputs> messages = new HashMap<>();
        inputs.of(facets).forEach((run, logged) -> messages.put(run, message(logged)));
        return messages;
    }

    private static InputsAndOutputs message(LoggedInputs.OfRun logged) {
        List<DatasetInputMessage> datasets =
                logged.datasets().stream().map(LoggedRunModels::message).toList();
        List<ModelInputMessage> models = logged.models().stream()
                .map(model -> new ModelInputMessage(LoggedModels.shown(model)))
                .toList();
        List<ModelOutputMessage> outputs = logged.outputs().stream()
                .map(output -> new ModelOutputMessage(LoggedModels.shown(output.model()), output.step()))
                .toList();
        return new InputsAndOutputs(
                new RunInputsMessage(Absent.ifEmpty(datasets), Absent.ifEmpty(models)),
                new RunOutputsMessage(Absent.ifEmpty(outputs)));
    }

    private static DatasetInputMessage message(LoggedInputs.Used used) {
        LoggedDataset dataset = used.dataset();
        return new DatasetInputMessage(
                KeyValueMessage.of(used.tags()),
                new DatasetMessage(
                        dataset.name(),
                        dataset.digest(),
                        dataset.sourceType(),
                        dataset.source(),
                        dataset.schema(),
                        dataset.profile()));
    }
}
