/** Telling what a conversion made and how close it is, as text, JSON or a page. */
package dev.slipway.edge.report;
