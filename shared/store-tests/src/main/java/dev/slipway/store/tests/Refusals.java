package dev.slipway.store.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says that a call is refused with a kind, a code and a message. */
public final class Refusals {
    private Refusals() {}

    /** Fails unless the call throws exactly such a refusal, with a message. */
    public static void assertRefused(ThrowingCallable call, ErrorKind kind, String code) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
                    assertThat(refusal.kind()).isEqualTo(kind);
                    assertThat(refusal.getMessage()).isNotBlank();
                });
    }
}
