package dev.slipway.gateway.schema;

import dev.slipway.api.training.MetricPoint;
import java.util.List;

/** Points as columns, which plots take as they are. */
final class Columns {
    private Columns() {}

    static List<Long> steps(List<MetricPoint> points) {
        return points.stream().map(MetricPoint::step).toList();
    }

    static List<Long> timestamps(List<MetricPoint> points) {
        return points.stream().map(MetricPoint::timestamp).toList();
    }

    static List<Double> values(List<MetricPoint> points) {
        return points.stream().map(MetricPoint::value).toList();
    }
}
