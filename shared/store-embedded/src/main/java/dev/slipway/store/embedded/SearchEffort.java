package dev.slipway.store.embedded;

/**
 * How far a search goes in one way before it takes another; the results are the same whatever the numbers.
 *
 * @param few so many are checked and sorted in a few milliseconds
 * @param portion so many are walked at a time
 * @param patience so many are walked before anything else is thought of
 */
record SearchEffort(int few, int portion, long patience) {
    static final SearchEffort USUAL = new SearchEffort(5_000, 2_000, 4_000);
}
