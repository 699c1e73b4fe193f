package dev.slipway.standalone;

import dev.slipway.standalone.cli.SlipwayCommand;

/** The command line, {@code slipway}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(SlipwayCommand.execute(arguments));
    }
}
