package dev.slipway.standalone;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Set;

/** The beans of the runtime on a data folder of this machine, without a server and without services. */
public final class LocalInstallation implements AutoCloseable {
    private final ApplicationContext context;

    private LocalInstallation(ApplicationContext context) {
        this.context = context;
    }

    public static LocalInstallation open(Path data) {
        return new LocalInstallation(ApplicationContext.builder()
                .properties(new ServerSettings("127.0.0.1", 0, data, Set.of()).properties())
                .banner(false)
                .start());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
