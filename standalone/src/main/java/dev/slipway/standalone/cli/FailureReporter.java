package dev.slipway.standalone.cli;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells of a failure in one line on standard error, and turns its kind into an exit code. */
final class FailureReporter implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        SlipwayException known = failure instanceof SlipwayException slipway ? slipway : defect(failure);
        return tell(known, command, parsed.originalArgs());
    }

    /** Tells of a failure as the arguments want it, and returns the exit code. */
    static int tell(SlipwayException known, CommandLine command, List<String> arguments) {
        if (arguments.contains("--json")) {
            System.err.println(Output.write(Map.of(
                    "error",
                    Map.of("kind", known.kind().name(), "code", known.code(), "message", known.getMessage()))));
        } else {
            System.err.println(
                    command.getColorScheme().errorText("slipway: ") + known.getMessage() + " [" + known.code() + "]");
        }
        return exitCode(known.kind());
    }

    private static SlipwayException defect(Exception failure) {
        // Only now, as to set up logging takes a good part of a short command's time.
        LoggerFactory.getLogger(FailureReporter.class).error("A defect of Slipway", failure);
        return SlipwayException.internal("internal", "A defect of Slipway: " + failure, failure);
    }

    /** The exit codes that {@code slipway --help} lists. */
    static int exitCode(ErrorKind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case INVALID, TOO_LARGE, UNSUPPORTED -> 3;
            case NOT_FOUND -> 4;
            case CONFLICT -> 5;
            case UNAUTHENTICATED, FORBIDDEN -> 6;
            case UNAVAILABLE -> 7;
        };
    }
}
