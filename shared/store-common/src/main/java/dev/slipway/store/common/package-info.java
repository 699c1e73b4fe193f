/** What the backends of the ports share, so that each need not find it again: pages and cursors, points, verified streams. */
package dev.slipway.store.common;
