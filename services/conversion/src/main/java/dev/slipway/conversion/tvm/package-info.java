/** Conversion to TVM by its own compiler, an optional tool chain in Python that runs as a command. */
package dev.slipway.conversion.tvm;
