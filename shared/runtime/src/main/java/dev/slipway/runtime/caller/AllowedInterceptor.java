package dev.slipway.runtime.caller;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Checks the caller's role on every call of a contract's implementation, whichever binding it came by. */
@Singleton
@InterceptorBean(Allowed.class)
final class AllowedInterceptor implements MethodInterceptor<Object, Object> {
    private final Callers callers;

    AllowedInterceptor(Callers callers) {
        this.callers = callers;
    }

    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
        // A declarative client only passes the call on; the service at the other end checks it.
        if (!context.hasAnnotation("io.micronaut.http.client.annotation.Client")) {
            Role needed = context.enumValue(Allowed.class, Role.class).orElse(Role.SERVICE);
            Caller caller = callers.current();
            if (!caller.may(needed)) {
                throw SlipwayException.forbidden(
                        "caller.role",
                        caller.subject() + " may not call " + context.getMethodName() + ": it needs the role "
                                + needed.name().toLowerCase(Locale.ROOT) + ". Ask an admin for a token with it.");
            }
        }
        return context.proceed();
    }
}
