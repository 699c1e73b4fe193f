/**
 * What the services that speak MLflow's REST API share: its addresses, the form of its errors, and its search grammar. The
 * reference is MLflow 3.17.
 */
package dev.slipway.mlflow;
