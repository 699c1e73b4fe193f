/** What the machine that trains says of itself: its load, its hardware and libraries, and the checkout that it works in. */
package dev.slipway.training.host;
