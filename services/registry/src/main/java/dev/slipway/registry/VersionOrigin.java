package dev.slipway.registry;

import io.micronaut.core.annotation.Nullable;

/**
 * Where a version that is registered by an address comes from.
 *
 * @param source the address as it was given, found sound
 * @param location the address its files are loaded from; null when there is none
 * @param runId the run it is said to come from
 * @param runLink where that run is to be seen
 * @param loggedModel the id of the logged model that it is, {@code m-…}
 */
public record VersionOrigin(
        String source,
        @Nullable String location,
        @Nullable String runId,
        @Nullable String runLink,
        @Nullable String loggedModel) {}
