package dev.slipway.administration;

/**
 * Something that a check found.
 *
 * @param where what it is about, by its type, id and workspace
 * @param detail what is wrong
 * @param repaired whether it was mended
 */
public record Finding(Problem problem, String where, String detail, boolean repaired) {
    /** What can be wrong. */
    public enum Problem {
        /** An entity stands elsewhere in its indexes than its body says. Repaired by putting it where it belongs. */
        WRONG_INDEX("wrong-index"),
        /** An entity's body can't be read. Can't be repaired: restore a backup. */
        UNREADABLE_BODY("unreadable-body"),
        /** An edge has an end that does not exist. Repaired by removing the edge. */
        DANGLING_EDGE("dangling-edge"),
        /** A facet belongs to an entity that does not exist. Repaired by removing the facet. */
        ORPHANED_FACET("orphaned-facet"),
        /** An entity needs an artifact that is not there. Can't be repaired: put its bytes again, or restore a backup. */
        MISSING_ARTIFACT("missing-artifact"),
        /** An artifact's bytes are not those that its name says. Can't be repaired: put them again. */
        CORRUPT_ARTIFACT("corrupt-artifact");

        private final String code;

        Problem(String code) {
            this.code = code;
        }

        /** Its stable name, for programs. */
        public String code() {
            return code;
        }
    }
}
