package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "demo",
                "convert",
                "inspect",
                "verify",
                "bench",
                "fetch",
                "token",
                "token create",
                "run",
                "run repeat",
                "admin backup",
                "admin backup list",
                "admin backup verify",
                "admin restore",
                "version"
            })
    void everyCommandExplainsItself(String command) {
        String[] arguments = Stream.concat(
                        Stream.of(command.split(" ")).filter(word -> !word.isEmpty()), Stream.of("--help"))
                .toArray(String[]::new);

        CommandResult result = CommandResult.of(arguments);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith(("Usage: slipway " + command).strip());
        assertThat(result.err()).isEmpty();
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        String help = CommandResult.of("--help").out();

        assertThat(help)
                .contains("serve", "demo", "convert", "inspect", "verify", "bench", "fetch", "token", "version");
        assertThat(IntStream.rangeClosed(0, 7))
                .allSatisfy(code -> assertThat(help).containsPattern("(?m)^ +" + code + " +\\w"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo"})
    void whatAServerIsToldIsExplained(String command) {
        assertThat(CommandResult.of(command, "--help").out()).contains("--host", "--port", "--data", "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "travel",
                "serve --prot 1",
                "serve --port many",
                "convert",
                "inspect",
                "verify m.onnx",
                "bench",
                "fetch",
                "run",
                "run repeat"
            })
    void wrongUsageIsToldWithTheUsage(String line) {
        String[] arguments =
                Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);

        CommandResult result = CommandResult.of(arguments);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("slipway");
    }

    @Test
    void versionNamesWhatWasBuiltAndWhatRunsIt() {
        CommandResult text = CommandResult.of("version");
        CommandResult json = CommandResult.of("version", "--json");

        assertThat(text.exitCode()).isZero();
        assertThat(json.exitCode()).isZero();
        assertThat(json.json()).containsOnlyKeys("version", "java", "platform");
        assertThat(json.json().get("version").toString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(json.json().get("java").toString())
                .endsWith(Runtime.version().toString());
        assertThat(text.out()).contains(json.json().get("version").toString());
    }
}
