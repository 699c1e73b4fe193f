package dev.slipway.tflite.metadata;

/** What an input is taken for. */
public enum Content {
    /** Plain numbers. */
    FEATURE,
    /** An image with the channels red, green and blue. */
    RGB_IMAGE,
    /** An image with one channel. */
    GRAYSCALE_IMAGE
}
