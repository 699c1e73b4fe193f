/** What a model says about itself to Android's tools and task libraries (TFLite Metadata). */
package dev.slipway.tflite.metadata;
