package dev.slipway.store.s3;

/** An object that is there, and the tag that tells whether it still is the same. */
record StoredObject(String key, long size, String etag) {}
