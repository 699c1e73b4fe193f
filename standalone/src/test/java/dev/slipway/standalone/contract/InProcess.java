package dev.slipway.standalone.contract;

import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;

/** Every service in this JVM: a call of a contract is a plain call. */
final class InProcess implements Binding {
    private final TemporaryFolder data;
    private final SlipwayServer server;

    private InProcess(TemporaryFolder data, SlipwayServer server) {
        this.data = data;
        this.server = server;
    }

    static InProcess start() {
        TemporaryFolder data = TemporaryFolder.create();
        return new InProcess(
                data,
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data.path(), ServerSettings.allServices())));
    }

    @Override
    public <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    @Override
    public String output() {
        return "";
    }

    @Override
    public void close() {
        server.close();
        data.close();
    }
}
