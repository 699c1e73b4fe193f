package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.ProductVersion;
import dev.slipway.standalone.graphql.GraphQLClient;
import dev.slipway.training.train.TrainingWorker;
import dev.slipway.training.train.WorkerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Work with the runs of a server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.Repeat.class, RunCommand.Train.class})
final class RunCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with runs: repeat.");
    }

    @Command(
            name = "repeat",
            description = "Carry a run out again that Slipway trained, and say whether it came out the same.",
            footer = {
                "",
                "Dataset version, network, hyperparameters and seed are those of the run. The exit code is 0 if it made the"
                        + " same model, bit by bit, and 5 if it made another one, whose metrics are then compared."
            })
    static final class Repeat implements Runnable {
        @Parameters(paramLabel = "ID", description = "The run's id, as MLflow or GraphQL shows it.")
        private String id;

        @Mixin
        private ServerAddress server;

        @Option(
                names = "--token",
                defaultValue = "${env:SLIPWAY_TOKEN}",
                description = "API token, with the role engineer or more (default: $SLIPWAY_TOKEN).")
        private String token;

        @Mixin
        private Output output;

        @Override
        public void run() {
            RepeatedRun repeated = new RepeatedRun(new GraphQLClient(server.uri(), token));
            RepeatedRun.Outcome outcome;
            try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
                outcome = repeated.carryOut(id, steps);
            }
            output.print(outcome.json(), outcome.text());
            if (!outcome.same()) {
                throw SlipwayException.conflict(
                        "run.not-reproduced",
                        "Run " + outcome.repeated() + " made another model than run " + outcome.original()
                                + ", which it repeats: see what is told above.");
            }
        }
    }

    /** What the pods of trainings run. */
    @Command(
            name = "train",
            hidden = true,
            description = "Carry out the training that a server has started this process for, as its environment says.")
    static final class Train implements Runnable {
        @Override
        public void run() {
            WorkerSettings settings = WorkerSettings.of(System.getenv());
            try {
                new TrainingWorker(settings, ProductVersion.number(), System.out::println).run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SlipwayException.unavailable("worker.interrupted", "The worker was interrupted.", e);
            }
        }
    }
}
