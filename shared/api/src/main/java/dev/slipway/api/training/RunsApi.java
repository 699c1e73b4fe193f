package dev.slipway.api.training;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import java.util.List;

/** What those who look at many runs ask: searches, plots, and what is being logged right now. */
@Allowed(Role.VIEWER)
public interface RunsApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/runs";

    /**
     * A page of runs.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code search.…} for a filter, condition or order that can't be; its
     *     message says where in the filter
     */
    @Post("/find")
    Page<Entity<RunId, Run>> find(@Body FindRuns request);

    /** A page of experiments. */
    @Post("/experiments/find")
    Page<Entity<ExperimentId, Experiment>> findExperiments(@Body FindExperiments request);

    /** The tags of each of at most 1000 experiments that has any. */
    @Post("/experiments/tags")
    List<ExperimentTagList> experimentTags(@Body List<ExperimentId> ids);

    /** What each of at most 1000 runs used and made; those that used and made nothing are left out. */
    @Post("/uses")
    List<RunUses> uses(@Body List<RunId> ids);

    /**
     * The series of several runs, reduced to what a plot can show; unknown runs are left out.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code metric.series} for more than one call may ask for; {@code
     *     metric.too-many-points} when more than 50,000,000 points would have to be read; {@code metric.times} for LTTB over
     *     the times of a very long series whose times and steps are not in one order
     */
    @Post("/series")
    List<RunSeries> series(@Body SeriesRequest request);

    /**
     * Waits until something was logged beyond what the caller knows, or the time is over.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code run.unknown}; {@code metric.series}
     */
    @Post("/points/await")
    NewPoints await(@Body AwaitPoints request);
}
