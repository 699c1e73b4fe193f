/** TFLite files: a small description of a model, its writer and its reader. */
package dev.slipway.tflite;
