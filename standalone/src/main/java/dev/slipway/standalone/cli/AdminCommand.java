package dev.slipway.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "admin",
        description = "Look after an installation: back it up, move it, check it, free its disk.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AdminBackupCommand.class,
            AdminRestoreCommand.class,
            AdminExportCommand.class,
            AdminImportCommand.class,
            AdminCheckCommand.class,
            AdminGcCommand.class
        },
        footer = {
            "",
            "Each works on the stores that the environment names, as 'slipway serve' does; without that on",
            "those in the folder that --data names."
        })
final class AdminCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: backup, restore, export, import, check or gc.");
    }
}
