package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The handlers of the services that are in this process. */
@Singleton
final class JobHandlers {
    private record Name(Service service, String kind) {}

    private final Map<Name, JobHandler<?>> handlers;
    private final ObjectMapper json;

    JobHandlers(List<JobHandler<?>> handlers, ObjectMapper json) {
        this.handlers = handlers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        handler -> new Name(handler.service(), handler.kind()), Function.identity()));
        this.json = json;
    }

    Collection<JobHandler<?>> all() {
        return handlers.values();
    }

    Set<Service> services() {
        return handlers.keySet().stream().map(Name::service).collect(Collectors.toUnmodifiableSet());
    }

    Optional<JobHandler<?>> of(Job job) {
        return Optional.ofNullable(handlers.get(new Name(job.service(), job.kind())));
    }

    <T> T input(JobHandler<T> handler, Job job) {
        try {
            return json.readValue(job.input(), Argument.of(handler.input()));
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "job.unreadable",
                    "The input of a job of kind " + job.kind() + " can't be read; another version may have written it.",
                    e);
        }
    }
}
