package dev.slipway.mlflow.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.graph.FacetQuery.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Criteria about texts, as people mean them. */
class TextCriteriaTest {
    private static boolean like(String pattern, String text) {
        return TextCriteria.holds(new Criterion.Like(pattern, false), text);
    }

    @Property(tries = 300)
    void patternsFitAsRegularExpressionsDo(
            @ForAll @Chars({'%', '_', 'a', 'B'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'A', to = 'b') @StringLength(max = 10) String text,
            @ForAll boolean ignoreCase) {
        String expression = pattern.replace("%", ".*").replace("_", ".");
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        boolean expected = Pattern.compile(expression, flags).matcher(text).matches();
        assertThat(TextCriteria.holds(new Criterion.Like(pattern, ignoreCase), text))
                .as("%s ~ %s", text, pattern)
                .isEqualTo(expected);
    }

    @Test
    void anUnderscoreIsOneCharacterOfAnyPlane() {
        assertThat(like("_", "\ud83d\ude00")).isTrue();
        assertThat(like("__", "\ud83d\ude00")).isFalse();
        assertThat(like("%\ude00", "\ud83d\ude00")).isFalse();
        assertThat(like("a%\nb", "a\n\nb")).isTrue();
        assertThat(TextCriteria.holds(new Criterion.Like("\u00c4", true), "\u00e4"))
                .isFalse();
    }

    @Test
    void manyWildcardsTakeNoTime() {
        String text = "a".repeat(200_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(like("%a".repeat(50) + "%b", text)).isFalse());
    }

    @Test
    void textsAndListsAreComparedWhole() {
        assertThat(TextCriteria.holds(new Criterion.Text(Comparison.EQUAL, "a"), "a"))
                .isTrue();
        assertThat(TextCriteria.holds(new Criterion.Text(Comparison.NOT_EQUAL, "a"), "a"))
                .isFalse();
        assertThat(TextCriteria.holds(new Criterion.In(List.of("a", "b"), false), "b"))
                .isTrue();
        assertThat(TextCriteria.holds(new Criterion.In(List.of("a", "b"), true), "c"))
                .isTrue();
        assertThat(TextCriteria.holds(new Criterion.Null(true), "a")).isFalse();
        assertThat(TextCriteria.holds(new Criterion.Numeric(Comparison.EQUAL, 1), "1"))
                .isFalse();
    }
}
