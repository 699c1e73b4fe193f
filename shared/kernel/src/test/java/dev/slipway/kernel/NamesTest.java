package dev.slipway.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values that everything is named by. */
class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "a/b", "..", "ä"})
    void aWorkspacesNameIsPlain(String name) {
        assertRefused(() -> new Workspace(name), "workspace.malformed");
    }

    @Test
    void aWorkspacesNameHas63CharactersAtMost() {
        assertThat(new Workspace("a".repeat(63)).name()).hasSize(63);
        assertRefused(() -> new Workspace("a".repeat(64)), "workspace.malformed");
        assertThat(Workspace.DEFAULT).hasToString("default");
    }

    @Test
    void aDigestIsTheSha256() {
        Digest empty = Digest.of(new byte[0]);
        assertThat(empty.hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.of("abc".getBytes(StandardCharsets.US_ASCII)).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertRefused(() -> new Digest(empty.hex().toUpperCase(Locale.ROOT)), "digest.malformed");
        assertRefused(() -> new Digest(empty.hex() + "00"), "digest.malformed");
        assertRefused(() -> new Digest("../etc/passwd"), "digest.malformed");
    }

    @ParameterizedTest
    @EnumSource
    void anEntityTypeIsFoundByItsStoredName(EntityType type) {
        assertThat(type.wireName()).matches("[a-z]+(-[a-z]+)*");
        assertThat(EntityType.of(type.wireName())).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsFoundByItsNameUnlessItIsThatOfEveryProcess(Service service) {
        if (service == Service.RUNTIME) {
            assertRefused(() -> Service.of("runtime"), "service.unknown");
        } else {
            assertThat(Service.of(service.wireName())).isEqualTo(service);
        }
    }

    @Test
    void unknownNamesAreRefused() {
        assertRefused(() -> EntityType.of("RUN"), "entity-type.unknown");
        assertRefused(() -> Service.of("nothing"), "service.unknown");
    }

    @Test
    void everyKindOfErrorHasItsOwnStatus() {
        assertThat(Arrays.stream(ErrorKind.values()).map(ErrorKind::httpStatus))
                .doesNotHaveDuplicates()
                .allMatch(status -> status >= 400 && status < 600);
    }

    @Test
    void aPageIsBoundedAndKeepsItsCursorWhenMapped() {
        assertThat(Page.checkLimit(1)).isEqualTo(1);
        assertThat(Page.checkLimit(Page.MAX_LIMIT)).isEqualTo(Page.MAX_LIMIT);
        assertRefused(() -> Page.checkLimit(0), "page.limit");
        assertRefused(() -> Page.checkLimit(Page.MAX_LIMIT + 1), "page.limit");
        assertThat(new Page<>(List.of(1, 2), Optional.of("c")).map(item -> item * 2))
                .isEqualTo(new Page<>(List.of(2, 4), Optional.of("c")));
        assertThat(Page.last(List.of()).next()).isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SlipwayException.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
