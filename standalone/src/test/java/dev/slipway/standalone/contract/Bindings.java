package dev.slipway.standalone.contract;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the installations, each started at its first use and stopped after the last test of this JVM. */
final class Bindings implements ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Bindings.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == InProcess.class || type == OverHttp.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == InProcess.class
                ? store(context).getOrComputeIfAbsent(InProcess.class, type -> InProcess.start(), InProcess.class)
                : store(context).getOrComputeIfAbsent(OverHttp.class, type -> OverHttp.start(), OverHttp.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        OverHttp processes = store(context).get(OverHttp.class, OverHttp.class);
        if (processes != null && context.getExecutionException().isPresent()) {
            System.err.println("The servers while " + context.getDisplayName() + " failed:\n" + processes.output());
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }
}
