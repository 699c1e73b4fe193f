package dev.slipway.standalone.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Print the version of Slipway and of the Java that runs it.")
final class VersionCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        String java = System.getProperty("java.vm.name") + " " + Runtime.version();
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String number = VersionProvider.number();
        output.print(
                Map.of("version", number, "java", java, "platform", platform),
                "slipway " + number + " on " + java + ", " + platform);
    }
}
