package dev.slipway.standalone.mlflow;

/**
 * An artifact of the source, or a folder of such.
 *
 * @param path below its owner's folder
 * @param size in bytes; 0 for a folder
 */
record SourceFile(String path, boolean folder, long size) {}
