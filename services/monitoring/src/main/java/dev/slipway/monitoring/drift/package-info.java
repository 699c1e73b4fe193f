/** The measures of drift: plain arithmetic on samples, without stores or services. */
package dev.slipway.monitoring.drift;
