package dev.slipway.training.mlflow;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.loggedmodel.LoggedModelData;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.loggedmodel.ModelMetric;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what MLflow's clients are told about logged models, from few reads for many of them. */
@Singleton
final class LoggedModelAnswers {
    private final Experiments experiments;
    private final ExperimentIds ids;
    private final ArtifactLocations locations;
    private final LoggedModelData data;

    LoggedModelAnswers(Experiments experiments, ExperimentIds ids, ArtifactLocations locations, LoggedModelData data) {
        this.experiments = experiments;
        this.ids = ids;
        this.locations = locations;
        this.data = data;
    }

    LoggedModelMessages.Found found(Entity<LoggedModelId, LoggedModel> model) {
        return new LoggedModelMessages.Found(of(List.of(model)).get(0));
    }

    /** All of at most 1000 models. */
    List<LoggedModelMessages.Model> of(List<Entity<LoggedModelId, LoggedModel>> models) {
        Map<ExperimentId, Entity<ExperimentId, Experiment>> known = new HashMap<>();
        experiments
                .getAll(models.stream()
                        .map(model -> model.body().experiment())
                        .distinct()
                        .toList())
                .forEach(experiment -> known.put(experiment.id(), experiment));
        Map<LoggedModelId, LoggedModelData.Data> logged =
                data.wholeOf(models.stream().map(Entity::id).toList());
        return models.stream()
                .map(model -> message(model, known.get(model.body().experiment()), logged.get(model.id())))
                .toList();
    }

    private LoggedModelMessages.Model message(
            Entity<LoggedModelId, LoggedModel> model,
            Entity<ExperimentId, Experiment> experiment,
            LoggedModelData.Data logged) {
        LoggedModel body = model.body();
        LoggedModelMessages.Info info = new LoggedModelMessages.Info(
                LoggedModels.shown(model.id()),
                ids.shown(body.experiment()),
                body.name(),
                model.created(),
                model.updated(),
                locations.of(experiment, model.id()),
                LoggedModelMessages.status(body.status()),
                body.type(),
                body.sourceRun() == null ? null : body.sourceRun().value(),
                KeyValueMessage.of(logged.tags()));
        return new LoggedModelMessages.Model(
                info,
                new LoggedModelMessages.Data(
                        KeyValueMessage.of(logged.params()),
                        logged.metrics().isEmpty()
                                ? null
                                : logged.metrics().stream()
                                        .map(LoggedModelAnswers::metric)
                                        .toList()));
    }

    private static MetricMessage metric(ModelMetric metric) {
        return new MetricMessage(
                metric.metric().key(),
                metric.metric().value(),
                metric.metric().timestamp(),
                metric.metric().step(),
                metric.run().value(),
                LoggedModels.shown(metric.model()),
                metric.dataset() == null ? null : metric.dataset().name(),
                metric.dataset() == null ? null : metric.dataset().digest());
    }
}
