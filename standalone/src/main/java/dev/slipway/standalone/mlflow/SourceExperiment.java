package dev.slipway.standalone.mlflow;

import java.util.Map;

/** An experiment of the source. */
record SourceExperiment(String id, String name, boolean deleted, Map<String, String> tags, SourceTimes times) {}
