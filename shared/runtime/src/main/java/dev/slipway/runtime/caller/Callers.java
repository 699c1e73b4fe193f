package dev.slipway.runtime.caller;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.PropagatedContextElement;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows who is calling. The caller travels in Micronaut's propagated context, so it follows a request from thread to thread. */
@Singleton
public final class Callers {
    private record Element(Caller caller) implements PropagatedContextElement {}

    /** The caller of the call being carried out; {@code UNAUTHENTICATED} when nobody is known. */
    public Caller current() {
        return find().orElseThrow(() -> SlipwayException.unauthenticated(
                "caller.unknown", "Nobody is known to be calling: send a token as 'Authorization: Bearer …'."));
    }

    public Optional<Caller> find() {
        return PropagatedContext.find()
                .flatMap(context -> context.find(Element.class))
                .map(Element::caller);
    }

    /** The workspace the call is about. */
    public Workspace workspace() {
        return current().workspace();
    }

    /** Carries out {@code call} in the caller's name. */
    public <T> T callAs(Caller caller, Supplier<T> call) {
        return contextOf(caller).propagate(call);
    }

    /** Carries out {@code call} in the caller's name. */
    public void runAs(Caller caller, Runnable call) {
        contextOf(caller).wrap(call).run();
    }

    /** What may be interrupted. */
    public interface Interruptible<T> {
        T call() throws InterruptedException;
    }

    /** Carries out {@code call}, which may be interrupted, in the caller's name. */
    public <T> T waitAs(Caller caller, Interruptible<T> call) throws InterruptedException {
        InterruptedException[] interrupted = new InterruptedException[1];
        T result = callAs(caller, () -> {
            try {
                return call.call();
            } catch (InterruptedException e) {
                interrupted[0] = e;
                return null;
            }
        });
        if (interrupted[0] != null) {
            throw interrupted[0];
        }
        return result;
    }

    /** What carries the caller in a context that is still being put together, as a server filter's. */
    public PropagatedContextElement element(Caller caller) {
        return new Element(caller);
    }

    /** The current context, with this caller in place of the one before. */
    public PropagatedContext contextOf(Caller caller) {
        PropagatedContext context = PropagatedContext.getOrEmpty();
        return context.find(Element.class)
                .map(element -> context.replace(element, new Element(caller)))
                .orElseGet(() -> context.plus(new Element(caller)));
    }
}
