/** MLflow's search grammar: filters and orders as its clients write them, turned into the store's searches. */
package dev.slipway.mlflow.search;
