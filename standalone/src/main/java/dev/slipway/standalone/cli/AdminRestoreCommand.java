package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.backup.BackupFolder;
import dev.slipway.standalone.backup.Restore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Fill an empty data folder with a backup, and verify it.",
        footer = {
            "",
            "Run it as the user that the server runs as, with the server stopped. Broken off,",
            "it goes on when it is run again; until it has ended no server opens the folder."
        })
final class AdminRestoreCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "The folder of backups.")
    private Path folder;

    @Option(names = "--backup", paramLabel = "NAME", description = "Which one (default: the newest).")
    private Optional<String> backup = Optional.empty();

    @Option(names = "--if-empty", description = "Succeed, and touch nothing, when the data folder holds something.")
    private boolean ifEmpty;

    @Mixin
    private AdminStores stores;

    @Mixin
    private Output output;

    @Override
    public void run() {
        AdminProgress progress = AdminProgress.onStandardError();
        try {
            restore(progress);
        } catch (SlipwayException e) {
            if (!ifEmpty || !e.code().equals("restore.not-empty")) {
                throw e;
            }
            progress.end();
            output.print(Map.of("restored", Map.of()), "Nothing was restored: " + stores.data() + " holds data.");
        } finally {
            progress.end();
        }
    }

    private void restore(AdminProgress progress) {
        Restore restore = new Restore(new BackupFolder(folder), stores.embedded(), InstantSource.system(), progress);
        Restore.Restored restored = restore.run(backup);
        progress.end();
        output.print(
                Map.of(
                        "restored",
                        BackupText.json(restored.name(), restored.manifest()),
                        "data",
                        stores.data().toAbsolutePath().toString()),
                "Restored " + restored.name() + " into " + stores.data() + ": " + BackupText.line(restored.manifest())
                        + ".");
    }
}
