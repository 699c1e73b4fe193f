/** Export and import of a whole installation, its check, and the removal of artifacts that nothing references. */
package dev.slipway.administration;
