package dev.slipway.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    @Test
    void eachHumanRoleIncludesThoseBeforeIt() {
        List<Role> rising = List.of(Role.VIEWER, Role.LABELLER, Role.ENGINEER, Role.ADMIN);
        for (int higher = 0; higher < rising.size(); higher++) {
            for (int lower = 0; lower < rising.size(); lower++) {
                assertThat(rising.get(higher).includes(rising.get(lower)))
                        .as("%s includes %s", rising.get(higher), rising.get(lower))
                        .isEqualTo(lower <= higher);
            }
        }
    }

    @Test
    void aDeviceMayDoNothingElse() {
        for (Role other : Role.values()) {
            assertThat(Role.DEVICE.includes(other)).isEqualTo(other == Role.DEVICE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyAServiceMayDoWhatAServiceMay(Role role) {
        assertThat(role.includes(Role.SERVICE)).isEqualTo(role == Role.SERVICE);
        assertThat(Role.SERVICE.includes(role)).isTrue();
        assertThat(role.includes(role)).isTrue();
    }

    @Test
    void aCallerMayWhatAnyOfItsRolesMay() {
        Caller caller = new Caller("token:ci", Set.of(Role.DEVICE, Role.LABELLER), Workspace.DEFAULT);
        assertThat(caller.may(Role.DEVICE)).isTrue();
        assertThat(caller.may(Role.VIEWER)).isTrue();
        assertThat(caller.may(Role.ENGINEER)).isFalse();
        assertThat(new Caller("nobody", Set.of(), Workspace.DEFAULT).may(Role.VIEWER))
                .isFalse();
        assertThat(Caller.service("jobs", Workspace.DEFAULT).may(Role.ADMIN)).isTrue();
    }

    @Test
    void aCallersSubjectIsShortAndPrintable() {
        for (String subject : List.of("", " ", "a\nb", "ä", "x".repeat(201))) {
            assertThatThrownBy(() -> new Caller(subject, Set.of(), Workspace.DEFAULT))
                    .isInstanceOfSatisfying(SlipwayException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo("caller.malformed"));
        }
    }
}
