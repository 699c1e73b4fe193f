package dev.slipway.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {
    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .withChars("abc.%2eé ~+&=?:;")
                .ofMinLength(1)
                .ofMaxLength(12)
                // Read as it is written: no name that is encoded itself.
                .filter(name -> !name.matches("\\.{1,2}|.*%[0-9a-fA-F]{2}.*|[a-zA-Z]:|(?i:file:).*"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 300)
    void isReadAsItIsWritten(@ForAll("names") List<String> names, @ForAll @IntRange(max = 4) int encodings) {
        String text = String.join("/", names);
        for (int i = 0; i < encodings; i++) {
            text = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
        assertThat(ArtifactPath.of(text).names()).isEqualTo(names);
    }

    @Property(tries = 300)
    void neverLeadsElsewhere(@ForAll("hostile") String text) {
        try {
            assertThat(ArtifactPath.of(text).names())
                    .allSatisfy(name -> assertThat(name).isNotIn("", ".", "..").doesNotContain("/", "\\", "\0"));
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("artifact.path");
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "..", ".", "/", "\\", "%2e", "%2F", "%252e", "%25", "%5c", "%00", "a", "C:", "file:", "#", "\0")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a/..",
                "../a",
                "a/../b",
                "%2e%2e",
                "%252e%252e/a",
                "a%2f..%2fb",
                "/a",
                "%2fa",
                "//a",
                "C:/a",
                "c:/a",
                "file:///a",
                "FILE:a",
                "a\\b",
                "..\\a",
                "a%5cb",
                "a\0",
                "a%00b",
                "a\nb",
                "a#b",
                "a/\u007f",
                "%25252525252525252525252e"
            })
    void whatLeadsElsewhereIsRefused(String text) {
        assertThatThrownBy(() -> ArtifactPath.of(text))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("artifact.path"));
    }

    @Test
    void lengthsAreBounded() {
        assertThat(ArtifactPath.of("é".repeat(127)).names()).hasSize(1);
        assertThatThrownBy(() -> ArtifactPath.of("é".repeat(128))).hasMessageContaining("256 bytes");
        assertThat(ArtifactPath.of("a/".repeat(64)).names()).hasSize(64);
        assertThatThrownBy(() -> ArtifactPath.of("a/".repeat(65))).hasMessageContaining("65 names");
        assertThatThrownBy(() -> ArtifactPath.of("\ud800")).hasMessageContaining("Unicode");
    }

    @Test
    void emptyNamesAndTheFolderItselfAreLeftOut() {
        assertThat(ArtifactPath.of("a//./b/")).isEqualTo(ArtifactPath.of("a/b"));
        assertThat(ArtifactPath.of("")).isEqualTo(ArtifactPath.ROOT);
        assertThat(ArtifactPath.of("100%/%zz/a%4")).hasToString("100%/%zz/a%4");
    }

    @Test
    void addressesOfTheServersArtifactsArePaths() {
        assertThat(ArtifactPath.ofAddress("mlflow-artifacts:/0/run/artifacts")).hasToString("0/run/artifacts");
        assertThat(ArtifactPath.ofAddress("mlflow-artifacts://host:1/0/a")).hasToString("0/a");
        assertThat(ArtifactPath.ofAddress("mlflow-artifacts:/")).isEqualTo(ArtifactPath.ROOT);
        assertThat(ArtifactPath.isAddress("s3://bucket/a")).isFalse();
        assertThatThrownBy(() -> ArtifactPath.ofAddress("mlflow-artifacts:/a/../b"))
                .hasMessageContaining("Invalid path");
        assertThatThrownBy(() -> ArtifactPath.ofAddress("/a")).hasMessageContaining("mlflow-artifacts:/");
    }
}
