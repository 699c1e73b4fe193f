package dev.slipway.gateway.schema;

import dev.slipway.api.training.ReducedSeries;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dataloader.MappedBatchLoader;

/** Asks for the series of many runs in as few calls as their bounds allow. */
final class SeriesLoader implements MappedBatchLoader<SeriesLoader.Wanted, List<ReducedSeries>> {
    /** What is wanted of any run. */
    record Plot(
            List<String> keys,
            int points,
            SeriesRequest.Method method,
            SeriesRequest.Axis axis,
            @Nullable Long from,
            @Nullable Long to) {
        SeriesRequest of(List<RunId> runs) {
            return new SeriesRequest(runs, keys, points, method, axis, from, to);
        }

        /** Of how many runs one call may ask for it. */
        int runsAtOnce() {
            long each = Math.max(1, (long) Math.max(keys.size(), 1) * points);
            return (int) Math.min(Math.max(SeriesRequest.MAX_ALL_POINTS / each, 1), SeriesRequest.MAX_RUNS);
        }
    }

    /** What is wanted of one run. */
    record Wanted(RunId run, Plot plot) {}

    private final RunsApi runs;

    SeriesLoader(RunsApi runs) {
        this.runs = runs;
    }

    @Override
    public CompletionStage<Map<Wanted, List<ReducedSeries>>> load(Set<Wanted> all) {
        Map<Plot, List<RunId>> byPlot = new LinkedHashMap<>();
        all.forEach(wanted ->
                byPlot.computeIfAbsent(wanted.plot(), plot -> new ArrayList<>()).add(wanted.run()));
        Map<Wanted, List<ReducedSeries>> found = new HashMap<>();
        byPlot.forEach((plot, ids) -> {
            int step = plot.runsAtOnce();
            for (int i = 0; i < ids.size(); i += step) {
                for (RunSeries series : runs.series(plot.of(ids.subList(i, Math.min(i + step, ids.size()))))) {
                    found.put(new Wanted(series.run(), plot), series.series());
                }
            }
        });
        return CompletableFuture.completedFuture(found);
    }
}
