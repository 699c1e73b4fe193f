package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "slipway",
        description = "Carries machine-learning models from labels to phones.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            ConvertCommand.class,
            InspectCommand.class,
            VerifyCommand.class,
            BenchCommand.class,
            FetchCommand.class,
            RunCommand.class,
            ModelCommand.class,
            TokenCommand.class,
            ToolchainCommand.class,
            AdminCommand.class,
            ImportCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a defect of Slipway, or a demo step that failed",
            "2:wrong usage of the command line",
            "3:bad input: malformed, too large or unsupported",
            "4:something named does not exist",
            "5:a conflict, a gate that does not hold, a check that found something, or a run that came out otherwise",
            "6:not allowed: no token, a wrong one, or too small a role",
            "7:a server, store or port is not available; try again"
        })
public final class SlipwayCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Carries out a command line and returns the exit code. */
    public static int execute(String... arguments) {
        CommandLine command = new CommandLine(new SlipwayCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageReporter())
                .setExecutionExceptionHandler(new FailureReporter());
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError e) {
            return FailureReporter.tell(
                    SlipwayException.tooLarge(
                            "command.memory",
                            "The work takes more memory than there is: " + e.getMessage()
                                    + ". Take smaller inputs, or set SLIPWAY_JAVA_OPTIONS=-Xmx… to a larger heap."),
                    command,
                    List.of(arguments));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: one of the commands below.");
    }
}
