package dev.slipway.gateway.http;

import dev.slipway.gateway.GatewayConfiguration;
import dev.slipway.gateway.execution.AnswerWriter;
import dev.slipway.gateway.execution.Engine;
import dev.slipway.gateway.execution.FetchErrors;
import dev.slipway.gateway.execution.Operation;
import dev.slipway.gateway.execution.OperationReader;
import dev.slipway.gateway.execution.OperationRules;
import dev.slipway.gateway.execution.Transport;
import dev.slipway.kernel.SlipwayException;
import graphql.ExecutionResult;
import io.micronaut.configuration.graphql.GraphQLController;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Supplier;

/** GraphQL by HTTP, as the GraphQL-over-HTTP specification has it. */
@Controller("/graphql")
@Replaces(GraphQLController.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GraphQLEndpoint {
    /** Where HTTP has a more exact word than the kind of the error. */
    private static final Map<String, HttpStatus> BY_CODE = Map.of(
            OperationRules.MUTATION_BY_GET, HttpStatus.METHOD_NOT_ALLOWED,
            ResponseType.NOT_ACCEPTABLE, HttpStatus.NOT_ACCEPTABLE,
            RequestBody.MEDIA_TYPE, HttpStatus.UNSUPPORTED_MEDIA_TYPE);

    private final Engine engine;
    private final OperationReader reader;
    private final AnswerWriter writer;
    private final FetchErrors errors;
    private final GatewayConfiguration configuration;

    GraphQLEndpoint(
            Engine engine,
            OperationReader reader,
            AnswerWriter writer,
            FetchErrors errors,
            GatewayConfiguration configuration) {
        this.engine = engine;
        this.reader = reader;
        this.writer = writer;
        this.errors = errors;
        this.configuration = configuration;
    }

    @Get(produces = MediaType.ALL)
    HttpResponse<byte[]> get(
            HttpRequest<?> request,
            @Nullable @QueryValue String query,
            @Nullable @QueryValue String operationName,
            @Nullable @QueryValue String variables,
            @Nullable @QueryValue String extensions) {
        return answer(request, Transport.HTTP_GET, () -> reader.operation(query, operationName, variables, extensions));
    }

    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> post(HttpRequest<?> request, @Nullable @Body InputStream body) {
        return answer(request, Transport.HTTP_POST, () -> {
            RequestBody.checkType(request);
            return reader.operation(reader.tree(RequestBody.read(body, configuration.maximumBody())));
        });
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request, Transport transport, Supplier<Operation> operation) {
        ResponseType type = ResponseType.JSON;
        try {
            type = ResponseType.best(request.getHeaders().getAll(HttpHeaders.ACCEPT));
            ExecutionResult result = engine.execute(operation.get(), transport, request);
            return response(status(result, type), type, writer.answer(result));
        } catch (RuntimeException e) {
            SlipwayException told = errors.told(e, request.getPath());
            HttpStatus status = BY_CODE.getOrDefault(
                    told.code(), HttpStatus.valueOf(told.kind().httpStatus()));
            return response(status, type, Map.of("errors", writer.errors(told)));
        }
    }

    private static HttpStatus status(ExecutionResult result, ResponseType type) {
        if (result.getErrors().stream()
                .map(error -> error.getExtensions())
                .anyMatch(extensions ->
                        extensions != null && OperationRules.MUTATION_BY_GET.equals(extensions.get("code")))) {
            return HttpStatus.METHOD_NOT_ALLOWED;
        }
        return type == ResponseType.GRAPHQL_RESPONSE && !result.isDataPresent()
                ? HttpStatus.BAD_REQUEST
                : HttpStatus.OK;
    }

    private MutableHttpResponse<byte[]> response(HttpStatus status, ResponseType type, Map<String, Object> answer) {
        MutableHttpResponse<byte[]> response = HttpResponse.status(status);
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            response.header(HttpHeaders.ALLOW, HttpMethod.POST.name());
        }
        return response.body(writer.write(answer))
                .header(HttpHeaders.CONTENT_TYPE, type.contentType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
