/** Brings what an MLflow server or folder holds over to a Slipway server, by MLflow's own API. */
package dev.slipway.standalone.mlflow;
