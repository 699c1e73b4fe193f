/** Model cards, written from lineage. */
package dev.slipway.lineage.card;
