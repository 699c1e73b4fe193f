package dev.slipway.standalone.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of wrong usage in a few lines on standard error: all options of a command would bury what is wrong. */
final class UsageReporter implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(command.getColorScheme().errorText("slipway: ") + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, errors);
        if (command.getSubcommands().isEmpty()) {
            CommandLine.Help help = command.getHelp();
            errors.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
            errors.println("All options: " + command.getCommandSpec().qualifiedName() + " --help");
        } else {
            command.usage(errors, command.getColorScheme());
        }
        errors.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
