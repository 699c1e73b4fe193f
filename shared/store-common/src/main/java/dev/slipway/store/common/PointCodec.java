package dev.slipway.store.common;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.metric.Point;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Points as bytes: the form's number, then step, timestamp and value of each, 8 bytes big-endian apiece. */
public final class PointCodec {
    private static final byte FORM = 1;
    private static final int POINT = 3 * Long.BYTES;
    private static final int HASH = 16;

    private PointCodec() {}

    /**
     * The bytes of some points.
     *
     * @param points in order and each once, so that equal sets of points are equal bytes
     */
    public static byte[] write(List<Point> points) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + points.size() * POINT);
        bytes.put(FORM);
        for (Point point : points) {
            bytes.putLong(point.step()).putLong(point.timestamp());
            bytes.putLong(Double.doubleToLongBits(point.value()));
        }
        return bytes.array();
    }

    /** Gives the points in the order in which they were written; {@code store.corrupt} for bytes of another form. */
    public static void read(byte[] blob, Consumer<Point> points) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        if (blob.length % POINT != 1 || bytes.get() != FORM) {
            throw SlipwayException.internal(
                    "store.corrupt", "A chunk of points is damaged; restore it from a backup.", null);
        }
        while (bytes.hasRemaining()) {
            points.accept(new Point(bytes.getLong(), bytes.getLong(), bytes.getDouble()));
        }
    }

    /** The name of a chunk within its series and bucket: the beginning of its SHA-256. */
    public static byte[] hash(byte[] blob) {
        return Arrays.copyOf(Digest.newSha256().digest(blob), HASH);
    }
}
