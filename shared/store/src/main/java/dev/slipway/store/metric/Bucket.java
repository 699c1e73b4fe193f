package dev.slipway.store.metric;

/**
 * A summary of the points of some neighbouring steps. NaN values count, but are left out of min, max and mean, which are
 * NaN when nothing else is there.
 *
 * @param fromStep the first step of the bucket, inclusive
 * @param toStep the last step of the bucket, inclusive
 * @param count how many points it holds
 */
public record Bucket(long fromStep, long toStep, long count, double min, double max, double mean) {}
