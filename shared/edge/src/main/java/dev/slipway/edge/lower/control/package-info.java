/** If, Loop, Scan and recurrent layers. */
package dev.slipway.edge.lower.control;
