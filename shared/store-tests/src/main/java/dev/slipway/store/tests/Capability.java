package dev.slipway.store.tests;

/**
 * What a suite asks of a backend beyond the plain contract. All of it is asked by default; a backend that can't do
 * something says so in its test class, where everybody sees it, and the tests are reported as skipped.
 */
public enum Capability {
    /** Two stores opened on the same data, as by two processes, see and respect each other's writes. */
    SHARED_BY_PROCESSES,
    /** Compacting a series of many small chunks leaves fewer chunks. */
    COMPACTION
}
