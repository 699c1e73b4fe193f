package dev.slipway.kernel.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.function.Function;

/** Makes new ids: UUIDv7, rising within one process even inside one millisecond. Safe for use by many threads. */
public final class IdGenerator {
    private final TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();

    /** A new id of the type whose constructor is given, as in {@code ids.next(RunId::new)}. */
    public <I extends Id> I next(Function<String, I> type) {
        return type.apply(uuids.generate().toString().replace("-", ""));
    }
}
