/** Moving transposes through the graph until they cancel. */
package dev.slipway.edge.layout;
