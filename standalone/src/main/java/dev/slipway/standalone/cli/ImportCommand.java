package dev.slipway.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Bring over what another tool has kept.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ImportMlflowCommand.class)
final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what from: mlflow.");
    }
}
