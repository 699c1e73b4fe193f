package dev.slipway.training;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.ExperimentTagList;
import dev.slipway.api.training.FindExperiments;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.RunUses;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.experiment.ExperimentSearch;
import dev.slipway.training.experiment.ExperimentTags;
import dev.slipway.training.experiment.View;
import dev.slipway.training.live.LivePoints;
import dev.slipway.training.loggeddataset.UsesOfRuns;
import dev.slipway.training.plot.PlotSeries;
import dev.slipway.training.run.RunSearch;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract of searches, plots and what is being logged. */
@Controller(RunsApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class RunsController implements RunsApi {
    private final RunSearch search;
    private final ExperimentSearch experiments;
    private final ExperimentTags tags;
    private final UsesOfRuns uses;
    private final PlotSeries series;
    private final LivePoints points;

    RunsController(
            RunSearch search,
            ExperimentSearch experiments,
            ExperimentTags tags,
            UsesOfRuns uses,
            PlotSeries series,
            LivePoints points) {
        this.search = search;
        this.experiments = experiments;
        this.tags = tags;
        this.uses = uses;
        this.series = series;
        this.points = points;
    }

    @Override
    public Page<Entity<RunId, Run>> find(FindRuns request) {
        return search.find(request);
    }

    @Override
    public Page<Entity<ExperimentId, Experiment>> findExperiments(FindExperiments request) {
        return experiments.find(
                request.filter(),
                List.of(),
                View.of(request.lifecycle()),
                Page.checkLimit(request.limit()),
                request.cursor());
    }

    @Override
    public List<ExperimentTagList> experimentTags(List<ExperimentId> ids) {
        return tags.of(ids).entrySet().stream()
                .map(entry -> new ExperimentTagList(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public List<RunUses> uses(List<RunId> ids) {
        return uses.of(ids);
    }

    @Override
    public List<RunSeries> series(SeriesRequest request) {
        return series.of(request);
    }

    @Override
    public NewPoints await(AwaitPoints request) {
        return points.await(request);
    }
}
