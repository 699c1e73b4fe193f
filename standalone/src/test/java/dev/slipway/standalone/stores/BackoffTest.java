package dev.slipway.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.stores.Connection.Backoff;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
    @Property(tries = 200)
    void pausesGrowToTheLongest(@ForAll @IntRange(min = 1, max = 10_000) int attempts) {
        long whole = Math.min(30_000L, 500L << Math.min(attempts - 1, 20));

        assertThat(Backoff.DEFAULT.nanosAfter(attempts) / 1_000_000).isBetween(whole / 2, whole);
    }
}
