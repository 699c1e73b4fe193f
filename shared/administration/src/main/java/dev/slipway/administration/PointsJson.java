package dev.slipway.administration;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A page of a series' points as one line of JSON. */
final class PointsJson {
    private PointsJson() {}

    static byte[] write(Series series, List<Point> points) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("workspace", series.workspace().name());
            json.writeStringField("entity", series.entity().value());
            json.writeStringField("key", series.key());
            json.writeArrayFieldStart("points");
            for (Point point : points) {
                json.writeStartArray();
                json.writeNumber(point.step());
                json.writeNumber(point.timestamp());
                Numbers.write(json, point.value());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** @throws IOException for a line that is no page of points */
    static Chunk read(byte[] line) throws IOException {
        Fields fields = Fields.of(line);
        List<Point> points = new ArrayList<>();
        for (Object each : fields.list("points")) {
            if (!(each instanceof List<?> point
                    && point.size() == 3
                    && point.get(0) instanceof Long step
                    && point.get(1) instanceof Long timestamp)) {
                throw new IOException("a point has a step, a timestamp and a value, not " + each);
            }
            points.add(new Point(step, timestamp, Numbers.read(point.get(2))));
        }
        try {
            return new Chunk(
                    new Series(
                            new Workspace(fields.text("workspace")),
                            new EntityId(fields.text("entity")),
                            fields.text("key")),
                    points);
        } catch (SlipwayException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
