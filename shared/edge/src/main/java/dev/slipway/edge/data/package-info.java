/** Reading the inputs that models are probed, calibrated and verified with. */
package dev.slipway.edge.data;
