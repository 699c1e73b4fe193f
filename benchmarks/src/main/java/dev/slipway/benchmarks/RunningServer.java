package dev.slipway.benchmarks;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A server with every service on the embedded stores of a folder, called in process as its administrator. */
final class RunningServer implements AutoCloseable {
    private final SlipwayServer server;
    private final Callers callers;
    private final Caller caller = new Caller("benchmark", Set.of(Role.ADMIN), Workspace.DEFAULT);

    private RunningServer(SlipwayServer server) {
        this.server = server;
        this.callers = server.bean(Callers.class);
    }

    static RunningServer start(Path data) {
        return new RunningServer(
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices())));
    }

    TrainingApi training() {
        return server.bean(TrainingApi.class);
    }

    URI uri() {
        return server.uri();
    }

    /** Does what the contracts then take for the administrator's. */
    void call(Runnable use) {
        callers.runAs(caller, use);
    }

    /** New runs of a new experiment. */
    List<RunId> makeRuns(String name, int count) {
        List<RunId> runs = new ArrayList<>();
        call(() -> {
            ExperimentId experiment =
                    training().createExperiment(new CreateExperiment(name)).id();
            for (int i = 0; i < count; i++) {
                runs.add(training()
                        .createRun(new CreateRun(experiment, name + "-" + i))
                        .id());
            }
        });
        return runs;
    }

    @Override
    public void close() {
        server.close();
    }
}
