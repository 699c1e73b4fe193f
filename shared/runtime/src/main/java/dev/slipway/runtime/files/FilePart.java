package dev.slipway.runtime.files;

import java.io.InputStream;

/** Bytes to be sent, whose number is known before they are read. */
record FilePart(InputStream bytes, long length) {}
