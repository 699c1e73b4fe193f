package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.loggeddataset.ExperimentDatasets;
import dev.slipway.training.loggeddataset.RunInputs;
import dev.slipway.training.loggedmodel.LoggedModels;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** What MLflow's runs use and make. */
@Controller("/api/2.0/mlflow")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class InputsController {
    private static final int MAX_EXPERIMENTS = 20;

    private final RunInputs inputs;
    private final ModelHistory history;
    private final ExperimentDatasets datasets;
    private final ExperimentIds ids;

    InputsController(RunInputs inputs, ModelHistory history, ExperimentDatasets datasets, ExperimentIds ids) {
        this.inputs = inputs;
        this.history = history;
        this.datasets = datasets;
        this.ids = ids;
    }

    @Post("/runs/log-inputs")
    @Allowed(Role.ENGINEER)
    Empty logInputs(@Body InputRequests.LogInputs request) {
        inputs.used(
                request.run(),
                request.datasets() == null
                        ? List.of()
                        : request.datasets().stream()
                                .map(InputRequests.Dataset::input)
                                .toList(),
                request.models() == null
                        ? List.of()
                        : request.models().stream()
                                .map(model -> LoggedModels.parse(model.modelId()))
                                .toList());
        return Empty.ANSWER;
    }

    @Post("/runs/outputs")
    @Allowed(Role.ENGINEER)
    Empty logOutputs(@Body InputRequests.LogOutputs request) {
        inputs.made(
                request.run(),
                request.models().stream().map(InputRequests.Model::output).toList());
        return Empty.ANSWER;
    }

    /** What clients of before version 3 tell of a model. */
    @Post("/runs/log-model")
    @Allowed(Role.ENGINEER)
    Empty logModel(@Body InputRequests.LogModel request) {
        history.add(request.run(), request.modelJson());
        return Empty.ANSWER;
    }

    @Post("/experiments/search-datasets")
    InputRequests.Summaries searchDatasets(@Body InputRequests.SearchDatasets request) {
        if (request.experimentIds().size() > MAX_EXPERIMENTS) {
            throw SlipwayException.invalid(
                    "dataset-search.experiments",
                    "The data sets of " + MAX_EXPERIMENTS + " experiments can be searched at once, not of "
                            + request.experimentIds().size() + ".");
        }
        return new InputRequests.Summaries(
                datasets
                        .summaries(
                                request.experimentIds().stream().map(ids::parse).toList())
                        .stream()
                        .map(summary -> new InputRequests.Summary(
                                ids.shown(summary.experiment()), summary.name(), summary.digest(), summary.context()))
                        .toList());
    }
}
