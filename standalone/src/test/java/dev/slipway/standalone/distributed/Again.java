package dev.slipway.standalone.distributed;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Calls again what can't be answered now; the test's own limit guards against what never can. */
final class Again {
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(50);

    private Again() {}

    static <T> T until(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || Thread.interrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN);
            }
        }
    }
}
