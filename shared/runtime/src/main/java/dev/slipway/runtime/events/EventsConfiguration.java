package dev.slipway.runtime.events;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How this process reads the event log.
 *
 * @param poll how long it waits at most before it looks for events that other processes wrote
 * @param offers how often an event is offered to a reader that can't take it now, before it is passed over
 * @param longestPause between two offers; the first pause is a hundredth of it, each further one twice the one before
 * @param shutdown how long a process that ends waits for readers that are at work before it interrupts them
 */
@ConfigurationProperties("slipway.events")
public record EventsConfiguration(
        @Bindable(defaultValue = "100ms") Duration poll,
        @Bindable(defaultValue = "100") int offers,
        @Bindable(defaultValue = "30s") Duration longestPause,
        @Bindable(defaultValue = "2s") Duration shutdown) {}
