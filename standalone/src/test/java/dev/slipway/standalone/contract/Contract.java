package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.propagation.PropagatedContext;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every contract keeps, however it is bound. Each test calls as an engineer in a workspace of its own, so that it finds
 * nothing there but what it made.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
abstract class Contract {
    /** The form of an id, but nobody's. */
    static final String NOBODY = "00000000000070008000000000000000";

    /** Workers look only into the configured workspaces, so in this one a job stays queued. */
    private final Workspace workspace =
            new Workspace("test-" + UUID.randomUUID().toString().replace("-", ""));

    private final Binding binding;
    private final Callers callers;
    private PropagatedContext.Scope calling;

    Contract(Binding binding) {
        this.binding = binding;
        this.callers = binding.bean(Callers.class);
    }

    @BeforeEach
    void callAsEngineer() {
        calling = callers.contextOf(caller(Role.ENGINEER, workspace)).propagate();
    }

    @AfterEach
    void stopCalling() {
        calling.close();
    }

    final <T> T bean(Class<T> type) {
        return binding.bean(type);
    }

    final Given given() {
        return Given.of(binding);
    }

    final <T> T as(Role role, Supplier<T> call) {
        return callers.callAs(caller(role, workspace), call);
    }

    final void runAs(Role role, Runnable call) {
        callers.runAs(caller(role, workspace), call);
    }

    /** Calls in the workspace whose jobs are carried out. */
    final <T> T whereJobsRun(Supplier<T> call) {
        return callers.callAs(caller(Role.ENGINEER, Workspace.DEFAULT), call);
    }

    final <T> T elsewhere(Supplier<T> call) {
        return callers.callAs(caller(Role.ENGINEER, new Workspace(workspace.name() + "-other")), call);
    }

    private static Caller caller(Role role, Workspace workspace) {
        return new Caller(subject(role), Set.of(role), workspace);
    }

    static String subject(Role role) {
        return "token:" + role.name().toLowerCase(Locale.ROOT);
    }

    /** The refusal, whose kind, code and message are the same in every binding. */
    static SlipwayException refused(ErrorKind kind, String code, ThrowingCallable call) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, call);
        assertThat(refusal).as("a refusal with code " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.kind()).as(code).isEqualTo(kind);
        assertThat(refusal.getMessage()).as(code).isNotBlank();
        return refusal;
    }

    /** That a request which lacks a part is the caller's mistake, not a defect. */
    static void incomplete(ThrowingCallable call) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, call);
        assertThat(refusal).as("a refusal of an incomplete request").isNotNull();
        assertThat(refusal.kind())
                .as(refusal.code() + ": " + refusal.getMessage())
                .isEqualTo(ErrorKind.INVALID);
    }

    /** That a viewer may not do it, and is told what to do about it. */
    final void needs(Role needed, String operation, Runnable call) {
        SlipwayException refusal = refused(ErrorKind.FORBIDDEN, "caller.role", () -> runAs(Role.VIEWER, call));
        assertThat(refusal)
                .hasMessage("token:viewer may not call " + operation + ": it needs the role "
                        + needed.name().toLowerCase(Locale.ROOT) + ". Ask an admin for a token with it.");
    }
}
