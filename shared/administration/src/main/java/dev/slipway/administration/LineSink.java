package dev.slipway.administration;

import java.io.IOException;

/** Writes a section's lines into an installation, some at once; writing lines again changes nothing. */
interface LineSink {
    void write(byte[] line) throws IOException;

    /** Writes what was collected. */
    void flush();

    static LineSink into(Installation installation, ExportFolder folder, Section section) {
        return switch (section) {
            case POINT -> new PointSink(installation.metrics());
            case ARTIFACT -> new ArtifactSink(installation.artifacts(), folder);
            default -> new RowSink(installation.graph(), section.rows().orElseThrow());
        };
    }
}
