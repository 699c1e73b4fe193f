/**
 * MLflow's REST API of experiments, runs and metrics: its messages, and controllers that only translate between them and
 * what the training service does. A message has the name and the fields of MLflow's, in snake case; an empty list is left
 * out, as in the JSON form of its protocol buffers.
 */
package dev.slipway.training.mlflow;
