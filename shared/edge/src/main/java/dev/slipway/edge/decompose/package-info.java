/** Rewriting rare operators as common ones, so that few need a lowering. */
package dev.slipway.edge.decompose;
