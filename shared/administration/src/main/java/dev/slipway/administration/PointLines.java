package dev.slipway.administration;

import dev.slipway.kernel.Page;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Pages of points, one series after the other. They are of one size, so that every store divides a series into the same
 * lines. A place is a page of series, how many of them are done, and where in the next one to read on.
 */
final class PointLines implements LineSource {
    static final int PAGE = 5_000;
    private static final int SERIES = 200;

    private final MetricStore metrics;
    private Optional<String> seriesCursor = Optional.empty();
    private int done;
    private Optional<String> pointsCursor = Optional.empty();
    private Page<Series> series;

    PointLines(MetricStore metrics, Optional<String> from) {
        this.metrics = metrics;
        from.ifPresent(this::begin);
        series = metrics.series(SERIES, seriesCursor);
    }

    private void begin(String place) {
        try {
            Fields fields = Fields.of(place.getBytes(StandardCharsets.UTF_8));
            seriesCursor = fields.has("series") ? Optional.of(fields.text("series")) : Optional.empty();
            done = Math.toIntExact(fields.number("done"));
            pointsCursor = fields.has("points") ? Optional.of(fields.text("points")) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + place + "' is no place among points", e);
        }
    }

    @Override
    public Optional<Line> next() {
        while (true) {
            if (done >= series.items().size()) {
                if (series.next().isEmpty()) {
                    return Optional.empty();
                }
                seriesCursor = series.next();
                done = 0;
                series = metrics.series(SERIES, seriesCursor);
                continue;
            }
            Series current = series.items().get(done);
            Page<Point> page = metrics.range(current, Long.MIN_VALUE, Long.MAX_VALUE, PAGE, pointsCursor);
            List<Point> points = page.items();
            pointsCursor = page.next();
            done += pointsCursor.isPresent() ? 0 : 1;
            if (!points.isEmpty()) {
                return Optional.of(new Line(PointsJson.write(current, points), Optional.of(place())));
            }
        }
    }

    private String place() {
        byte[] json = Json.write(out -> {
            out.writeStartObject();
            if (seriesCursor.isPresent()) {
                out.writeStringField("series", seriesCursor.get());
            }
            out.writeNumberField("done", done);
            if (pointsCursor.isPresent()) {
                out.writeStringField("points", pointsCursor.get());
            }
            out.writeEndObject();
        });
        return new String(json, StandardCharsets.UTF_8);
    }
}
