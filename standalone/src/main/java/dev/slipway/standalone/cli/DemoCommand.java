package dev.slipway.standalone.cli;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.demo.Demo;
import dev.slipway.standalone.demo.DemoReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Carry handwritten digits all the way: label, train, convert, release, deliver, watch, retrain.",
        footer = {"", "Run it again on the same data folder and it adds versions to what is there."})
final class DemoCommand implements Runnable {
    @Option(names = "--exit", description = "End the process after the report instead of serving on.")
    private boolean exit;

    @Mixin
    private ServerOptions options;

    @Mixin
    private Output output;

    @Override
    public void run() {
        // With --json, standard output is for the report alone.
        PrintStream out = output.isJson() ? System.err : System.out;
        ServerSettings settings = options.settings(ServerSettings.allServices());
        SlipwayServer server = SlipwayServer.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        out.println("Slipway listens on " + server.uri() + ", data in "
                + settings.data().toAbsolutePath());
        DemoReport report = carry(server, settings.data().resolve("downloads"), out);
        out.println();
        output.print(report.json(), report.text());
        if (!exit) {
            out.println();
            out.println("Slipway goes on serving; stop it with Ctrl-C.");
            await(stopped);
        }
    }

    private static DemoReport carry(SlipwayServer server, Path downloads, PrintStream out) {
        Caller caller = new Caller("demo", Set.of(Role.ADMIN), Workspace.DEFAULT);
        return server.bean(Callers.class)
                .callAs(caller, () -> new Demo(server.beans(), server.uri(), downloads, out).run());
    }

    private static void await(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
