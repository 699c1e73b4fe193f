package dev.slipway.training.host;

import io.micronaut.core.annotation.Nullable;

/**
 * A graphics processor and what it is doing; null for what it does not tell.
 *
 * @param index as in the names of its metrics
 * @param memoryUsed in bytes
 * @param memory in bytes
 * @param utilization percent of the time in which it worked
 * @param power in watts
 * @param powerLimit in watts
 */
record Gpu(
        int index,
        String name,
        @Nullable String driver,
        @Nullable Double memoryUsed,
        @Nullable Double memory,
        @Nullable Double utilization,
        @Nullable Double power,
        @Nullable Double powerLimit) {}
