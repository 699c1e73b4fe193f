/** Running TFLite models with TFLite's own runtime. */
package dev.slipway.tflite.run;
