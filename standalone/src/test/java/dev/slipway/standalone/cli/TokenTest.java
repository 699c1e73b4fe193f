package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a token lets in, {@link ServeTest} shows. */
class TokenTest {
    @TempDir
    private Path data;

    @Test
    void theSecretIsPrintedAndNothingElse() {
        CommandResult result = create("--name", "phone build", "--role", "device");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().strip()).matches("\\S{32,}");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void scriptsGetTheIdBesides() {
        CommandResult first = create("--name", "script", "--json");
        CommandResult second = create("--name", "script", "--json");

        assertThat(first.json()).containsOnlyKeys("id", "token");
        assertThat(second.json().get("token")).isNotEqualTo(first.json().get("token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--role=king", "--days=soon", "--nmae=x"})
    void whatCannotBeReadIsWrongUsage(String argument) {
        assertThat(create("--name", "x", argument).exitCode()).isEqualTo(2);
    }

    @Test
    void aTokenNeedsAName() {
        CommandResult result = create();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--name");
    }

    @ParameterizedTest
    @CsvSource({
        "--days=0, token.days",
        "--days=-1, token.days",
        "--days=1000000, token.days",
        "--role=service, token.role"
    })
    void whatATokenCannotBeIsBadInput(String argument, String code) {
        CommandResult result = create("--name", "x", "--json", argument);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.error()).containsEntry("code", code);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aWorkspaceHasTheFormOfOne() {
        CommandResult result = create("--name", "x", "--json", "--workspace", "No Such Form!");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
    }

    private CommandResult create(String... arguments) {
        List<String> line = new ArrayList<>(List.of("token", "create", "--data", data.toString()));
        line.addAll(List.of(arguments));
        return CommandResult.of(line.toArray(String[]::new));
    }
}
