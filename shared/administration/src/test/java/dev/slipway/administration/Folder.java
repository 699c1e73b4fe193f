package dev.slipway.administration;

import dev.slipway.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** An installation in a folder of the embedded stores, open for as long as something is done with it. */
record Folder(Path data) {
    static final Progress SILENT = (work, done) -> {};

    void use(Consumer<Installation> use) {
        ask(installation -> {
            use.accept(installation);
            return null;
        });
    }

    <T> T ask(Function<Installation, T> question) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            return question.apply(new Installation(stores.graph(), stores.metrics(), stores.artifacts()));
        }
    }

    /** The hash and number of lines of every section. */
    Map<Section, String> contents() {
        return ask(installation -> {
            Map<Section, String> sums = new EnumMap<>(Section.class);
            for (Section section : Section.values()) {
                Sum sum = new Contents(installation).sum(section, "reading", SILENT);
                sums.put(section, sum.lines() + " " + sum.hash());
            }
            return sums;
        });
    }

    Map<Section, Long> exportTo(Path export) {
        return exportTo(export, 20_000);
    }

    Map<Section, Long> exportTo(Path export, long fileBytes) {
        return ask(installation ->
                new Export(installation, export, "test", InstantSource.system(), SILENT, fileBytes).run());
    }

    Map<Section, Long> importFrom(Path export) {
        return ask(installation -> new Import(installation, export, SILENT).run());
    }
}
