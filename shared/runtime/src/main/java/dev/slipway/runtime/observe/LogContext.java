package dev.slipway.runtime.observe;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import org.slf4j.MDC;

/** Puts a name and a value on the log lines of every thread that works for a request. */
record LogContext(String name, String value) implements ThreadPropagatedContextElement<LogContext.Before> {
    /** What stood there before; the value may be null. */
    record Before(@Nullable String value) {}

    @Override
    public Before updateThreadContext() {
        Before before = new Before(MDC.get(name));
        MDC.put(name, value);
        return before;
    }

    @Override
    public void restoreThreadContext(Before before) {
        if (before.value() == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, before.value());
        }
    }
}
