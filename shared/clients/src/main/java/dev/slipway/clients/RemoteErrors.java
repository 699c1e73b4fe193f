package dev.slipway.clients;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.errors.ConnectFailures;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.discovery.exceptions.NoAvailableServiceException;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.client.exceptions.ResponseClosedException;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes a remote call fail as the local one does: with the service's own exception when it answered, with {@code UNAVAILABLE}
 * {@code service.unreachable} when it did not, {@code service.unconfigured} when nothing says where it is. Null stays null;
 * any other answer a contract does not give, such as a 404 where null is not allowed, means that the other process does not
 * run the service, or is of another version.
 */
@Singleton
@InterceptorBean(Remote.class)
final class RemoteErrors implements MethodInterceptor<Object, Object> {
    private static final int TRIES = 3;

    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
        String method = context.getDeclaringType().getSimpleName() + "." + context.getMethodName();
        Object result;
        try {
            result = proceed(context);
        } catch (HttpClientResponseException e) {
            throw problem(e).map(Problem::toException).orElseGet(() -> mismatch(method, e));
        } catch (NoAvailableServiceException e) {
            throw SlipwayException.unavailable(
                    "service.unconfigured",
                    "The service behind " + method + " runs in another process, but nothing says where: set "
                            + ServiceAddresses.variable(
                                    context.stringValue(Client.class, "id").orElse("<service>"))
                            + " to its address.",
                    e);
        } catch (HttpClientException e) {
            throw unreachable(method, e);
        } catch (RuntimeException e) {
            throw ConnectFailures.lost(e) ? unreachable(method, e) : e;
        }
        boolean isVoid = context.getReturnType().isVoid();
        if (result == null && !isVoid && !nullable(context)) {
            throw mismatch(method, null);
        }
        return result;
    }

    /** What nobody has seen may be sent again, to another replica if there is one; what only reads, also when it got lost. */
    private @Nullable Object proceed(MethodInvocationContext<Object, Object> context) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return context.proceed(this);
            } catch (RuntimeException e) {
                boolean again = !(e instanceof HttpClientResponseException)
                        && (ConnectFailures.neverConnected(e) || (context.hasAnnotation(Get.class) && lost(e)));
                if (!again || left == 0) {
                    throw e;
                }
            }
        }
    }

    private static boolean lost(RuntimeException failure) {
        return failure instanceof ResponseClosedException || ConnectFailures.lost(failure);
    }

    private static SlipwayException unreachable(String method, RuntimeException failure) {
        return SlipwayException.unavailable(
                "service.unreachable",
                "The service behind " + method + " can't be reached (" + failure.getMessage() + "); try again later.",
                failure);
    }

    private static Optional<Problem> problem(HttpClientResponseException failure) {
        return failure.getResponse()
                .getBody(Problem.class)
                .filter(problem -> problem.code() != null)
                .filter(problem -> !problem.code().equals("route.unknown"));
    }

    private static SlipwayException mismatch(String method, @Nullable Throwable cause) {
        return new SlipwayException(
                ErrorKind.UNAVAILABLE,
                "service.mismatch",
                "The process behind " + method
                        + " gave an answer that the contract does not know; check its address, and bring all processes to"
                        + " one version.",
                cause);
    }

    private static boolean nullable(MethodInvocationContext<Object, Object> context) {
        return context.getAnnotationNames().stream()
                .anyMatch(name -> Arrays.asList(name.split("\\.")).contains("Nullable"));
    }
}
