package dev.slipway.gateway.schema;

import dev.slipway.api.training.ReducedSeries;
import dev.slipway.api.training.SeriesRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** Metrics of runs for plots, at once and as they are logged. */
@Singleton
final class PlotResolvers implements Resolvers {
    private final MetricWatch watch;

    PlotResolvers(MetricWatch watch) {
        this.watch = watch;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Subscription").fetch("runMetrics", (none, request) -> follow(request.arguments()));
        wiring.moreOf(Kinds.RUN).fetch("metricSeries", (run, request) -> request.load(
                        Lookup.SERIES, new SeriesLoader.Wanted(run.id(), plot(request.arguments())))
                .thenApply(series -> series == null ? List.of() : series));
        wiring.type("MetricSeries", ReducedSeries.class)
                .field("key", ReducedSeries::key)
                .field("count", ReducedSeries::count)
                .field("notFinite", ReducedSeries::notFinite)
                .field("steps", series -> Columns.steps(series.points()))
                .field("timestamps", series -> Columns.timestamps(series.points()))
                .field("values", series -> Columns.values(series.points()))
                .field("cursor", series -> series.place() == null ? null : SeriesCursor.write(series.place()));
        wiring.type("MetricUpdate", MetricFeed.Update.class).field("series", MetricFeed.Update::series);
        wiring.type("LiveSeries", MetricFeed.News.class)
                .field("runId", news -> Kinds.RUN.globalId(news.place().run()))
                .field("key", news -> news.place().key())
                .field("steps", news -> Columns.steps(news.points()))
                .field("timestamps", news -> Columns.timestamps(news.points()))
                .field("values", news -> Columns.values(news.points()))
                .field("cursor", news -> SeriesCursor.write(news.place()));
    }

    private static SeriesLoader.Plot plot(Arguments arguments) {
        return new SeriesLoader.Plot(
                arguments.texts("keys"),
                arguments.integer("points"),
                arguments.choice("method", SeriesRequest.Method.class),
                arguments.choice("axis", SeriesRequest.Axis.class),
                arguments.optionalNumber("from"),
                arguments.optionalNumber("to"));
    }

    private Object follow(Arguments arguments) {
        return watch.follow(
                arguments.ids("runs", Kinds.RUN),
                arguments.has("keys") ? arguments.texts("keys") : null,
                arguments.texts("after").stream().map(SeriesCursor::read).toList());
    }
}
