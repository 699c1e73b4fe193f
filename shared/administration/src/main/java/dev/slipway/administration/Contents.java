package dev.slipway.administration;

import java.util.Optional;

/** An installation's contents as lines, the same ones for the same contents in whatever stores. */
final class Contents {
    private static final int TOLD = 1000;

    private final Installation installation;

    Contents(Installation installation) {
        this.installation = installation;
    }

    /**
     * The lines of a section.
     *
     * @param from a place that a line gave; empty for the beginning
     */
    LineSource lines(Section section, Optional<String> from) {
        return switch (section) {
            case POINT -> new PointLines(installation.metrics(), from);
            case ARTIFACT -> new ArtifactLines(installation.artifacts(), from);
            default -> new GraphLines(installation.graph(), section.rows().orElseThrow(), from);
        };
    }

    boolean isEmpty(Section section) {
        return lines(section, Optional.empty()).next().isEmpty();
    }

    /** Reads all of a section. Of artifacts, names and sizes: a store verifies bytes when it gives and takes them. */
    Sum sum(Section section, String work, Progress progress) {
        Sum sum = new Sum();
        LineSource lines = lines(section, Optional.empty());
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            sum.add(line.get().json());
            if (sum.lines() % TOLD == 0) {
                progress.at(work + " " + section.plural(), sum.lines());
            }
        }
        progress.at(work + " " + section.plural(), sum.lines());
        return sum;
    }
}
