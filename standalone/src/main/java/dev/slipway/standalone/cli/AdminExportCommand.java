package dev.slipway.standalone.cli;

import dev.slipway.administration.Export;
import dev.slipway.administration.Section;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Write everything into a folder, from which any other installation can import it.",
        footer = {
            "",
            "Stopped on the way, or run again later into the same folder, it goes on from what is there. Services may",
            "run, but while they write much, an export can't be completed, and says so. The keys that sign manifests",
            "are secret and no part of it: copy their folder yourself."
        })
final class AdminExportCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "The folder to write; new, empty, or of an earlier export.")
    private Path folder;

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public void run() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            Map<Section, Long> counts = stores.withExisting(installation ->
                    new Export(installation, folder, VersionProvider.number(), InstantSource.system(), progress).run());
            progress.end();
            output.print(
                    Map.of("folder", folder.toAbsolutePath().toString(), "exported", AdminCounts.json(counts)),
                    "Exported to " + folder + ": " + AdminCounts.text(counts) + ".");
        } finally {
            progress.end();
        }
    }
}
