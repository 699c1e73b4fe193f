package dev.slipway.standalone.fetch;

import java.nio.file.Path;

/** A file of a release that was fetched, or was there already, and whose checksum holds. */
public record FetchedFile(Manifest.Entry entry, Path path) {}
