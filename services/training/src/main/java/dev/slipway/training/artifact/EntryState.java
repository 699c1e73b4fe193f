package dev.slipway.training.artifact;

/** What an entry of the tree of artifacts is. */
public enum EntryState {
    FILE,
    FOLDER,
    /** A folder that was taken out of the tree, as whatever lies in it still has to be. */
    REMOVED,
    /** Nothing any more. */
    GONE
}
