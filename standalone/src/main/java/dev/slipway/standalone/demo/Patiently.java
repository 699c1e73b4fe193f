package dev.slipway.standalone.demo;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes a call again that can't be answered now, as a client of a distributed installation does. */
final class Patiently {
    private static final long LONGEST_SECONDS = 120;

    private Patiently() {}

    static <T> T call(Supplier<T> call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (true) {
            try {
                return call.get();
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                PipelineFollower.pause();
            }
        }
    }

    static void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }
}
