package dev.slipway.mlflow.search;

/** One part of a filter; all parts have to hold. */
record Clause(Field field, Criterion criterion) {}
