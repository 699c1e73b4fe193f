package dev.slipway.gateway.schema;

import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How much of a series a client has seen, as it keeps it. */
final class SeriesCursor {
    private static final byte VERSION = 1;
    private static final int ID = 32;
    private static final int POINT = 1 + 3 * Long.BYTES;
    private static final int MAX_LENGTH = 4096;

    private SeriesCursor() {}

    static String write(SeriesPlace place) {
        byte[] key = place.key().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(1 + ID + Integer.BYTES + 2 * POINT + key.length);
        bytes.put(VERSION)
                .put(place.run().value().getBytes(StandardCharsets.US_ASCII))
                .putInt(place.known());
        point(bytes, place.after());
        point(bytes, place.last());
        bytes.put(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static void point(ByteBuffer bytes, @Nullable MetricPoint point) {
        bytes.put((byte) (point == null ? 0 : 1))
                .putLong(point == null ? 0 : point.step())
                .putLong(point == null ? 0 : point.timestamp())
                .putLong(point == null ? 0 : Double.doubleToRawLongBits(point.value()));
    }

    /** Fails with {@code graphql.cursor} for what {@link #write} has not given. */
    static SeriesPlace read(String cursor) {
        if (cursor.length() <= MAX_LENGTH) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
                if (bytes.get() == VERSION) {
                    return place(bytes);
                }
            } catch (IllegalArgumentException | BufferUnderflowException | SlipwayException e) {
                // Told below: whatever is wrong with it, it is none of ours.
            }
        }
        throw SlipwayException.invalid(
                "graphql.cursor",
                "'after' holds what is no cursor of a series: give those of metricSeries, or of earlier messages.");
    }

    private static SeriesPlace place(ByteBuffer bytes) {
        byte[] run = new byte[ID];
        bytes.get(run);
        int known = bytes.getInt();
        MetricPoint after = point(bytes);
        MetricPoint last = point(bytes);
        byte[] key = new byte[bytes.remaining()];
        bytes.get(key);
        if (known < 0 || known > SeriesPlace.WINDOW || (known == 0) != (last == null)) {
            throw new IllegalArgumentException("no place of a series");
        }
        return new SeriesPlace(
                new RunId(new String(run, StandardCharsets.US_ASCII)),
                new String(key, StandardCharsets.UTF_8),
                after,
                known,
                last);
    }

    private static @Nullable MetricPoint point(ByteBuffer bytes) {
        boolean there = bytes.get() == 1;
        MetricPoint point = new MetricPoint(bytes.getLong(), bytes.getLong(), Double.longBitsToDouble(bytes.getLong()));
        return there ? point : null;
    }
}
