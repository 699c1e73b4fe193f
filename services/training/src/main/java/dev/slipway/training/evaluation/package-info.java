/** Data sets that applications are judged on: what these are asked, and what they should answer. */
package dev.slipway.training.evaluation;
