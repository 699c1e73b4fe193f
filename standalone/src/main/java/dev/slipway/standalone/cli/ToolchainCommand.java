package dev.slipway.standalone.cli;

import dev.slipway.conversion.tvm.TvmToolchain;
import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "toolchain",
        description = "Install, list or remove optional tool chains for conversions.",
        subcommands = {ToolchainCommand.Install.class, ToolchainCommand.List.class, ToolchainCommand.Remove.class})
final class ToolchainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: install, list or remove.");
    }

    /** Where tool chains are kept. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:SLIPWAY_DATA:-data}",
                description = "Folder of the installation (default: ${DEFAULT-VALUE}).")
        private Path data;

        TvmToolchain tvm() {
            return TvmToolchain.in(data);
        }

        TvmToolchain named(String name) {
            if (!name.equals(TvmToolchain.NAME)) {
                throw SlipwayException.notFound(
                        "toolchain.unknown",
                        "There is no tool chain '" + name + "'; there is " + TvmToolchain.NAME + ".");
            }
            return tvm();
        }
    }

    @Command(
            name = "install",
            description = "Install a tool chain from the Python package index; takes some minutes and 1 GB.")
    static final class Install implements Runnable {
        @Parameters(paramLabel = "NAME", description = "The tool chain: tvm.")
        private String name;

        @Option(
                names = "--python",
                defaultValue = "python3",
                description = "Python 3.10 or newer to make its environment with (default: ${DEFAULT-VALUE}).")
        private String python;

        @Mixin
        private Place place;

        @Mixin
        private Output output;

        @Override
        public void run() {
            TvmToolchain tvm = place.named(name);
            try {
                // With --json, standard output is for the result alone.
                ProcessBuilder.Redirect told =
                        output.isJson() ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT;
                tvm.install(
                        python, command -> command.redirectOutput(told).redirectError(ProcessBuilder.Redirect.INHERIT));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SlipwayException.unavailable("toolchain.interrupted", "Interrupted; install it again.", e);
            }
            output.print(
                    Map.of("name", name, "folder", tvm.folder().toString()),
                    "Installed " + name + " at " + tvm.folder() + ".");
        }
    }

    @Command(name = "list", description = "List the tool chains and whether they are installed.")
    static final class List implements Runnable {
        @Mixin
        private Place place;

        @Mixin
        private Output output;

        @Override
        public void run() {
            boolean installed = place.tvm().isInstalled();
            output.print(
                    Map.of(TvmToolchain.NAME, installed),
                    TvmToolchain.NAME + "  "
                            + (installed ? "installed at " + place.tvm().folder() : "not installed"));
        }
    }

    @Command(name = "remove", description = "Remove a tool chain.")
    static final class Remove implements Runnable {
        @Parameters(paramLabel = "NAME", description = "The tool chain: tvm.")
        private String name;

        @Mixin
        private Place place;

        @Mixin
        private Output output;

        @Override
        public void run() {
            boolean removed = place.named(name).remove();
            output.print(
                    Map.of("name", name, "removed", removed),
                    removed ? "Removed " + name + "." : "There was no " + name + ".");
        }
    }
}
