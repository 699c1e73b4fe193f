package dev.slipway.standalone.cli;

import dev.slipway.administration.Import;
import dev.slipway.administration.Section;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Fill an empty installation with an export, and verify that it holds just that.",
        footer = {
            "",
            "Stopped on the way, it goes on where it was when it is run again. Start services only afterwards."
        })
final class AdminImportCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "The folder that 'slipway admin export' wrote.")
    private Path folder;

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public void run() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            Map<Section, Long> counts = stores.with(installation -> new Import(installation, folder, progress).run());
            progress.end();
            output.print(
                    Map.of("folder", folder.toAbsolutePath().toString(), "imported", AdminCounts.json(counts)),
                    "Imported from " + folder + " and verified: " + AdminCounts.text(counts) + ".");
        } finally {
            progress.end();
        }
    }
}
