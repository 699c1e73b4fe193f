package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.common.PointCodec;
import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Points are divided into chunks without loss, each within its bounds. */
class ChunksTest {
    @Property(tries = 200)
    void chunksKeepToTheirWindowAndLoseNothing(
            @ForAll @Size(max = 300) List<@LongRange(min = -100_000, max = 100_000) Long> steps,
            @ForAll @LongRange(min = -1L << 40, max = 1L << 40) long begin,
            @ForAll boolean dense) {
        List<Point> points = steps.stream()
                .map(step -> new Point(begin + (dense ? step / 1000 : step), step, 0))
                .sorted()
                .distinct()
                .toList();
        assertDivided(points);
    }

    @Property(tries = 20)
    void manyPointsOfOneStepAreSeveralChunks(@ForAll @LongRange(min = 1, max = 5) long thousands) {
        List<Point> points = Points.steps(1, thousands * 1000).stream()
                .map(point -> new Point(7, point.timestamp(), 0))
                .toList();
        assertDivided(points);
    }

    private static void assertDivided(List<Point> points) {
        List<Point> read = new ArrayList<>();
        for (StoredChunk chunk : Layout.chunks(points)) {
            assertThat(chunk.count()).isBetween(1, Layout.CHUNK_POINTS);
            assertThat(Layout.window(chunk.lastStep())).isEqualTo(Layout.window(chunk.firstStep()));
            assertThat(Layout.bucket(chunk.lastStep())).isEqualTo(Layout.bucket(chunk.firstStep()));
            int before = read.size();
            PointCodec.read(chunk.points(), read::add);
            assertThat(read.size() - before).isEqualTo(chunk.count());
            assertThat(read.get(before).step()).isEqualTo(chunk.firstStep());
            assertThat(read.get(read.size() - 1).step()).isEqualTo(chunk.lastStep());
        }
        assertThat(read).isEqualTo(points);
    }
}
