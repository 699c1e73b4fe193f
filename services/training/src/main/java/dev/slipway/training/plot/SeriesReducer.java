package dev.slipway.training.plot;

import dev.slipway.api.training.SeriesRequest.Method;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.metric.Point;
import java.util.List;

/** Reduces a series of any length to what a plot can show. */
record SeriesReducer(AxisOrder order, Method method, int size, int maxKept) {
    /**
     * What of a series a plot shows.
     *
     * @param points in the order of the axis: all, if they are few enough
     */
    record Reduced(Survey survey, List<Point> points) {}

    /** @param series in the order of (step, timestamp, value); gone through once if it is short, otherwise up to three times */
    Reduced reduce(PointSource series) {
        Survey survey = new Survey(order, maxKept);
        series.forEach(survey::add);
        if (survey.isKept()) {
            List<Point> all = survey.sorted();
            return new Reduced(survey, all.size() <= size ? List.copyOf(all) : reduce(all::forEach, survey));
        }
        if (method == Method.LTTB && !survey.inOrder()) {
            throw SlipwayException.tooLarge(
                    "metric.times",
                    "The times of these " + survey.count()
                            + " points are not in the order of their steps, and LTTB sorts " + maxKept
                            + " at most: ask for MIN_MAX, for a shorter range, or for the axis STEP.");
        }
        return new Reduced(survey, reduce(series, survey));
    }

    private List<Point> reduce(PointSource points, Survey survey) {
        return switch (method) {
            case LTTB -> LargestTriangles.of(points, order, survey.count(), size);
            case MIN_MAX -> Extremes.of(points, order, survey.first(), survey.last(), size);
        };
    }
}
