package dev.slipway.store.graph;

import dev.slipway.kernel.Workspace;

/**
 * An event of the log.
 *
 * @param position rising; readers remember it
 */
public record Event(long position, Workspace workspace, NewEvent event) {}
