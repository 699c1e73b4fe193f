package dev.slipway.runtime.errors;

/** A body of a content type that is not taken: HTTP's 415, for which there is no kind of our own. */
public final class ContentTypeRefused extends RuntimeException {
    /**
     * @param type the content type that was sent
     */
    public ContentTypeRefused(String type) {
        super("A body of content type " + type + " is not taken; send application/json, or the type of the file.");
    }
}
