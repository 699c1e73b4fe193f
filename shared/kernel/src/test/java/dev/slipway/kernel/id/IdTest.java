package dev.slipway.kernel.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    private final IdGenerator ids = new IdGenerator();

    @Test
    void anIdIsAVersionSevenUuidInHexadecimalDigits() {
        assertThat(ids.next(RunId::new).value()).matches("[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}");
    }

    @Test
    void idsRiseEvenWithinAMillisecond() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next(EntityId::new).value());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsMadeByManyThreadsDiffer() {
        Set<EntityId> made = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 20_000).parallel().forEach(i -> made.add(ids.next(EntityId::new)));
        assertThat(made).hasSize(20_000);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789abcdef",
                "01234567-89ab-cdef-0123-456789ab",
                "0123456789abcdeg0123456789abcdef",
                "０123456789abcdef0123456789abcde"
            })
    void anythingElseIsNoId(String text) {
        assertThatThrownBy(() -> new RunId(text)).isInstanceOfSatisfying(SlipwayException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("id.malformed");
            assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID);
        });
    }

    @Test
    void aTypedIdAndItsUntypedFormHaveOneValue() {
        RunId run = ids.next(RunId::new);
        assertThat(EntityId.of(run).value()).isEqualTo(run.value());
        assertThat(run).hasToString(run.value());
    }
}
