package dev.slipway.mlflow.search;

/** What a clause is about: {@code metrics.accuracy} is the metric {@code accuracy}. */
record Field(Source source, String key) {}
