package dev.slipway.conversion.child;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What a child may use.
 *
 * @param heap the most that Java objects take, in bytes
 * @param memory the most that the process takes, natives included, in bytes
 * @param timeLimit how long one conversion may take
 * @param idle how long a child waits for another conversion before it ends
 * @param conversions after how many conversions a child ends
 * @param waiting how many children may wait for another conversion
 */
@ConfigurationProperties("slipway.conversion.child")
public record ChildSettings(
        @Bindable(defaultValue = "1073741824") long heap,
        @Bindable(defaultValue = "3221225472") long memory,
        @Bindable(defaultValue = "15m") Duration timeLimit,
        @Bindable(defaultValue = "1m") Duration idle,
        @Bindable(defaultValue = "50") int conversions,
        @Bindable(defaultValue = "1") int waiting) {}
