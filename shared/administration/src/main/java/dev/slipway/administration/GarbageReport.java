package dev.slipway.administration;

/**
 * What a removal of garbage found and did.
 *
 * @param artifacts how many there were
 * @param young how many of them were put too lately to be looked at
 * @param removed how many were removed, or would have been
 * @param removedBytes their sizes together
 * @param keptLate how many were garbage, but were put again before they could be removed
 */
public record GarbageReport(long artifacts, long young, long removed, long removedBytes, long keptLate) {}
