package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an import has come, kept in the target itself: a claim that holds the export's name and how many of its files are
 * written. It is there from before the first file until the whole target is verified, and is no part of the contents.
 *
 * @param export the digest of the export's manifest
 */
record ImportMark(Digest export, int filesDone) {
    private static final String NAME = "administration/import";
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{64})/(\\d{1,9})");

    /** The mark in a store; empty when no import is under way. */
    static Optional<ImportMark> in(GraphStore graph) {
        return graph.claim(Workspace.DEFAULT, NAME).map(ImportMark::parse);
    }

    private static ImportMark parse(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("the claim " + NAME + " holds '" + value + "', which no import wrote");
        }
        return new ImportMark(new Digest(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    static boolean isMark(GraphRow row) {
        return row instanceof ClaimRow claim
                && claim.name().equals(NAME)
                && claim.workspace().equals(Workspace.DEFAULT);
    }

    private GraphRow row() {
        return new ClaimRow(Workspace.DEFAULT, NAME, export.hex() + "/" + filesDone);
    }

    void write(GraphStore graph) {
        graph.restore(List.of(row()));
    }

    void remove(GraphStore graph) {
        graph.remove(List.of(row()));
    }
}
