/** MLflow's REST API of registered models and their versions, over the registry's own: it translates and decides nothing. */
package dev.slipway.registry.mlflow;
