package dev.slipway.administration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A section as far as it is exported.
 *
 * @param lines in all files
 * @param hash the sum of its lines
 * @param after where to read on; empty at the beginning, and when it is complete
 */
record ExportedSection(
        Section section, long lines, String hash, List<ExportedFile> files, boolean complete, Optional<String> after) {
    ExportedSection {
        files = List.copyOf(files);
    }

    static ExportedSection begin(Section section) {
        return new ExportedSection(section, 0, new Sum().hash(), List.of(), false, Optional.empty());
    }

    /** With one more file, up to a place; complete if there is none. */
    ExportedSection with(ExportedFile file, Sum sum, Optional<String> place) {
        List<ExportedFile> more = new ArrayList<>(files);
        more.add(file);
        return new ExportedSection(section, sum.lines(), sum.hash(), more, place.isEmpty(), place);
    }

    /** Complete without another file. */
    ExportedSection completed() {
        return new ExportedSection(section, lines, hash, files, true, Optional.empty());
    }

    boolean matches(Sum sum) {
        return complete && sum.lines() == lines && sum.hash().equals(hash);
    }
}
